using System.Text;
using Executor.Core.Workflows;
using Executor.Core.Workflows.Yaml;

namespace Executor.Core.Tests.Workflows;

/// <summary>A broken file is a file with problems: whatever is cut or flipped, nothing else is ever thrown.</summary>
public sealed class MutationTests
{
    public static TheoryData<string> Samples => new(
        """
        ref: shop.deploy
        parameters:
          regions: {type: array, items: {type: string, pattern: "^[a-z]+$"}, required: true}
          n: {type: integer, default: 3, minimum: 1}
        vars:
          - done: 0
          - all: "{{ parameters.regions | sort }}"
        tasks:
          - name: each
            action: core.echo message="to {{ item }}" n=5
            with: {items: "region in {{ vars.all }}", concurrency: 2}
            fail_fast: true
            retry: {count: 2, delay: 1m30s, backoff: exponential, jitter: 0.5, when: "status() == 'timeout'"}
            next:
              - when: "{{ succeeded() }}"
                publish: [done: "{{ result() | length }}"]
                do: [check, noop]
              - {when: not succeeded(), do: fail}
          - name: check
            action: core.noop
            join: all
            delay: "{{ parameters.n }}"
        output: {done: "{{ vars.done }}"}
        """,
        """
        tasks:
          a: &task
            action: >-
              core.shell cmd='echo "x"'
            input:
              text: |
                {{ [1, 2, {"a": 1.5e3}] }}
                é 😀
            next: [{publish: {i: !!int "5", s: ! x, n: ~, m: 0x1F}, do: 'b, c'}]
          b: {<<: *task, when: true, next: []}
          c: {<<: [*task, {pool: x}], join: 1, next: }
        """,
        "{\"tasks\": [{\"name\": \"a\", \"action\": \"x.y\", \"input\": {\"x\": [1, \"\\u00e9\\n\", null]}, \"timeout\": 5}]}");

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_valid_before_it_is_broken(string sample) => Assert.Empty(Texts.Checked(sample));

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_file_cut_at_any_byte_is_valid_or_has_problems(string sample)
    {
        var bytes = Encoding.UTF8.GetBytes(sample);
        for (var length = 0; length < bytes.Length; length++)
        {
            Read(bytes.AsSpan(0, length));
            Read(bytes.AsSpan(length));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_file_with_any_byte_changed_is_valid_or_has_problems(string sample)
    {
        var bytes = Encoding.UTF8.GetBytes(sample);
        foreach (var change in "\n\t\"{]:,#&*!-".Select(letter => (byte)letter).Append((byte)0xFF))
        {
            for (var place = 0; place < bytes.Length; place++)
            {
                var kept = bytes[place];
                bytes[place] = change;
                Read(bytes);
                bytes[place] = kept;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_file_with_any_bit_flipped_or_any_byte_missing_or_doubled_is_valid_or_has_problems(string sample)
    {
        var bytes = Encoding.UTF8.GetBytes(sample);
        for (var place = 0; place < bytes.Length; place++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                bytes[place] ^= (byte)(1 << bit);
                Read(bytes);
                bytes[place] ^= (byte)(1 << bit);
            }

            Read([.. bytes[..place], .. bytes[(place + 1)..]]);
            Read([.. bytes[..place], bytes[place], .. bytes[place..]]);
        }
    }

    private static void Read(ReadOnlySpan<byte> file)
    {
        if (!YamlText.TryDecode(file, out var text, out var problem))
        {
            Assert.Equal("yaml.syntax", problem.Code);
            return;
        }

        var reading = WorkflowCheck.Run(text, "test");
        Assert.True(reading.Spec is not null || reading.Problems.Length > 0);
        Assert.All(reading.Problems, one => Assert.True(one.At.Line >= 1 && one.At.Column >= 1, $"{one.Code} {one.At}"));
    }
}
