using System.CommandLine;
using System.Globalization;
using Executor.Core;
using Executor.Host.Api.Access;
using Executor.Host.Output;
using Executor.Host.Serving;
using Executor.Host.Settings;

namespace Executor.Host.Verbs;

/// <summary>Keys of the HTTP API, made and revoked where its data are: whoever may read those is an administrator.</summary>
internal static class KeysVerb
{
    private static readonly TimeSpan UsualLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3_650);

    public static Command Create() => new(
        "keys", "Makes, lists and revokes keys of the HTTP API, in the database of its server.")
    {
        Add(), List(), Revoke(),
    };

    private static Command Add()
    {
        var name = new Option<string>("--name") { Description = "For people.", Required = true, HelpName = "NAME" };
        var role = CheckedOptions.Word<Role>("--role", "What its holder may do.");
        role.Required = true;
        var expires = CheckedOptions.Duration(
            "--expires", $"How long it is good for: seconds, or 90m, 720h. [default: {UsualLife.TotalHours:0}h]", "720h", LongestLife);
        var data = Data();
        var command = new Command("add", "Makes a key and shows it, once.") { name, role, expires, data };
        command.SetAction(async (parsed, stop) =>
        {
            await using var stores = await OpenAsync(parsed.GetValue(data), stop);
            var text = KeyText.New();
            var now = TimeProvider.System.GetUtcNow();
            var key = new ApiKey(
                KeyText.IdOf(text)!, KeyText.HashOf(text), parsed.GetRequiredValue(name), parsed.GetValue(role), now,
                now + (parsed.GetValue(expires) ?? UsualLife));
            await stores.Keys.AddAsync(key, stop);
            Talk.Line($"key {key.Id} for {key.Name}, role {Word(key.Role)}, until {Day(key.ExpiresAt)}; it is not shown again");
            ResultText.Write(text);
            return ExitCode.Completed;
        });
        return command;
    }

    private static Command List()
    {
        var data = Data();
        var command = new Command("list", "Lists all keys, without the keys themselves.") { data };
        command.SetAction(async (parsed, stop) =>
        {
            await using var stores = await OpenAsync(parsed.GetValue(data), stop);
            var table = new Columns("id", "name", "role", "made", "expires", "revoked");
            foreach (var key in await stores.Keys.ListAsync(stop))
            {
                table.Add(
                    key.Id, key.Name, Word(key.Role), Day(key.CreatedAt), Day(key.ExpiresAt),
                    key.RevokedAt is { } revoked ? Day(revoked) : "");
            }

            ResultText.Write(table.ToString());
            return ExitCode.Completed;
        });
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("ID") { Description = "The 8 characters that a key is listed by." };
        var data = Data();
        var command = new Command("revoke", "Makes a key worthless, within seconds.") { id, data };
        command.SetAction(async (parsed, stop) =>
        {
            await using var stores = await OpenAsync(parsed.GetValue(data), stop);
            return await stores.Keys.RevokeAsync(parsed.GetRequiredValue(id), TimeProvider.System.GetUtcNow(), stop)
                ? ExitCode.Completed
                : throw new Unusable("keys.unknown", $"there is no key '{parsed.GetValue(id)}' that holds", "see: executor keys list");
        });
        return command;
    }

    private static Option<string?> Data() => new("--data")
    {
        Description = $"The data directory of a server without PostgreSQL; the same as {HostSettings.Data}.",
        HelpName = "DIR",
    };

    private static Task<StoresHandle> OpenAsync(string? data, CancellationToken stop)
    {
        var environment = SettingsReader.Environment().ToDictionary(StringComparer.Ordinal);
        if (data is not null)
        {
            environment[HostSettings.Data] = data;
        }

        return StoresHandle.OpenAsync(HostSettings.Read(HostSettings.Serve, environment), stop);
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
