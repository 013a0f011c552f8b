using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Executor.Core.Messages;

namespace Executor.Core.Tests.Messages;

/// <summary>Workers in any language live by these shapes: they stay as they are, and what contradicts them is refused.</summary>
public sealed class WireJsonTests
{
    public static TheoryData<string> Types => new(typeof(WireTypes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(name => (string)name.GetRawConstantValue()!));

    public static TheoryData<string> Files =>
        new(Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!));

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_type_is_written_as_its_golden_file_says(string type) =>
        Assert.Equal(Golden(type), Encoding.UTF8.GetString(WireSamples.All[type].Written));

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_golden_file_is_read_without_loss(string type)
    {
        var again = WireSamples.All[type].Again(Encoding.UTF8.GetBytes(Golden(type)));

        Assert.Equal(Golden(type), Encoding.UTF8.GetString(again));
    }

    [Fact]
    public void A_refused_claim_may_say_why_and_one_without_a_reason_is_written_as_ever()
    {
        Assert.Equal(Golden("claim.answers.v1.code"), Encoding.UTF8.GetString(WireJson.Write(WireSamples.Barred)));
        Assert.Equal(WireSamples.Barred.Claims, WireJson.ReadAnswers(WireJson.Write(WireSamples.Barred)).Claims);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{\"granted\": true}")]
    public void A_reason_that_is_no_text_is_none(string code)
    {
        var id = WireSamples.Barred.Claims[0].Id;
        var body = $$"""{"claims":[{"id":"{{id.Text}}","code":{{code}},"granted":false}],"renewals":[]}""";

        Assert.Equal([new ClaimAnswer.Refused(id)], WireJson.ReadAnswers(Encoding.UTF8.GetBytes(body)).Claims);
    }

    [Fact]
    public void Nobody_says_in_a_claim_which_pools_he_may_serve()
    {
        var claim = WireSamples.Calls.Claims[0] with { Sender = new ClaimSender("ex_worker_gpu", ["gpu"]) };

        var body = Encoding.UTF8.GetString(WireJson.Write(new ClaimCalls([claim], [])));
        var forged = body.Replace("\"claimId\"", "\"sender\":{\"user\":\"x\",\"pools\":[\"linux\"]},\"claimId\"", StringComparison.Ordinal);

        Assert.DoesNotContain("gpu", body, StringComparison.Ordinal);
        Assert.NotEqual(body, forged);
        Assert.Null(WireJson.ReadCalls(Encoding.UTF8.GetBytes(forged)).Claims[0].Sender);
    }

    [Fact]
    public void A_read_request_equals_the_written_one() =>
        Assert.Equal(WireSamples.Request, WireJson.ReadRequest(WireJson.Write(WireSamples.Request)));

    [Fact]
    public void A_read_result_equals_the_written_one() =>
        Assert.Equal(WireSamples.Result, WireJson.ReadResult(WireJson.Write(WireSamples.Result)));

    [Fact]
    public void A_claim_may_say_how_long_its_request_has_waited()
    {
        var claim = WireSamples.Calls.Claims[0] with { Waited = TimeSpan.FromMilliseconds(1500) };

        var body = WireJson.Write(new ClaimCalls([claim], []));

        Assert.Contains("\"waitedSeconds\":1.5", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        Assert.Equal(claim, WireJson.ReadCalls(body).Claims[0]);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_member_that_is_not_known_yet_changes_nothing(string type)
    {
        var body = JsonNode.Parse(Golden(type))!.AsObject();
        body["added"] = new JsonObject { ["later"] = 1 };

        var again = WireSamples.All[type].Again(Encoding.UTF8.GetBytes(body.ToJsonString()));

        Assert.Equal(Golden(type), Encoding.UTF8.GetString(again));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_body_that_lacks_a_member_is_refused(string type)
    {
        var members = JsonNode.Parse(Golden(type))!.AsObject().Select(member => member.Key).ToArray();
        Assert.All(members, member =>
        {
            var body = JsonNode.Parse(Golden(type))!.AsObject();
            body.Remove(member);
            Assert.Throws<MalformedMessageException>(
                () => WireSamples.All[type].Again(Encoding.UTF8.GetBytes(body.ToJsonString())));
        });
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Whatever_byte_is_cut_off_or_changed_it_is_read_or_refused_and_nothing_else(string type)
    {
        var whole = Encoding.UTF8.GetBytes(Golden(type));
        for (var place = 0; place < whole.Length; place++)
        {
            ReadOrRefuse(type, whole[..place]);
            foreach (var other in new byte[] { 0, (byte)'"', (byte)'{', (byte)'9', 0xFF })
            {
                var changed = whole.ToArray();
                changed[place] = other;
                ReadOrRefuse(type, changed);
            }
        }
    }

    [Theory]
    [InlineData("id", "\"00000000000000000000000000000000\"")]
    [InlineData("id", "\"0\"")]
    [InlineData("run", "\"Nobody\"")]
    [InlineData("run", "null")]
    [InlineData("slot", "[\"report\",1,-1,2]")]
    [InlineData("slot", "{\"task\":\"report\",\"visit\":1,\"attempt\":2}")]
    [InlineData("outcome", "{\"status\":\"running\",\"result\":null}")]
    [InlineData("outcome", "{\"status\":5,\"result\":null}")]
    [InlineData("outcome", "{\"status\":\"done\",\"result\":null}")]
    [InlineData("worker", "\"\"")]
    [InlineData("endedAt", "\"yesterday\"")]
    public void A_result_that_contradicts_itself_is_refused(string member, string json)
    {
        var body = JsonNode.Parse(Golden(WireTypes.TaskResult))!.AsObject();
        body[member] = JsonNode.Parse(json);

        Assert.Throws<MalformedMessageException>(
            () => WireJson.ReadResult(Encoding.UTF8.GetBytes(body.ToJsonString())));
    }

    [Theory]
    [InlineData("input", "[]")]
    [InlineData("input", "null")]
    [InlineData("timeoutSeconds", "-1")]
    [InlineData("timeoutSeconds", "\"60\"")]
    [InlineData("timeoutSeconds", "1e30")]
    [InlineData("pool", "\"\"")]
    public void A_request_that_no_worker_could_obey_is_refused(string member, string json)
    {
        var body = JsonNode.Parse(Golden(WireTypes.TaskRequest))!.AsObject();
        body[member] = JsonNode.Parse(json);

        Assert.Throws<MalformedMessageException>(
            () => WireJson.ReadRequest(Encoding.UTF8.GetBytes(body.ToJsonString())));
    }

    [Theory]
    [InlineData("worker", "\"\"")]
    [InlineData("pools", "[\"\"]")]
    [InlineData("actions", "[null]")]
    [InlineData("capacity", "0")]
    [InlineData("running", "-1")]
    [InlineData("everySeconds", "0.05")]
    [InlineData("everySeconds", "3600")]
    public void A_sign_of_life_outside_its_bounds_is_refused(string member, string json)
    {
        var body = JsonNode.Parse(Golden(WireTypes.WorkerBeat))!.AsObject();
        body[member] = JsonNode.Parse(json);

        Assert.Throws<MalformedMessageException>(
            () => WireJson.ReadBeat(Encoding.UTF8.GetBytes(body.ToJsonString())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":1}")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}")]
    public void What_is_no_message_at_all_is_refused(string body) =>
        Assert.All(WireSamples.All.Values, sample =>
            Assert.Throws<MalformedMessageException>(() => sample.Again(Encoding.UTF8.GetBytes(body))));

    [Fact]
    public void Endless_nesting_is_refused()
    {
        var golden = Golden(WireTypes.TaskRequest);
        var deep = golden.Replace(
            "\"n\":3", "\"n\":" + new string('[', 100_000) + new string(']', 100_000), StringComparison.Ordinal);

        Assert.Throws<MalformedMessageException>(() => WireJson.ReadRequest(Encoding.UTF8.GetBytes(deep)));
    }

    private static void ReadOrRefuse(string type, byte[] body)
    {
        try
        {
            WireSamples.All[type].Again(body);
        }
        catch (MalformedMessageException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    private static string Golden(string type) => File.ReadAllText(Path.Combine(Folder(), type + ".json")).TrimEnd();

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "golden");
}
