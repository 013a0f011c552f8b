using Executor.Core.Tests.Runs;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Vectors;

/// <summary>Templates as a file writes them, and what a worker is given.</summary>
[Trait("vector", "3")]
public sealed class TemplateVectors
{
    [Theory]
    [InlineData(""" "{{ item }}" · " {{ item }} " · "{{ z }}" """, "5 · 5 · null")]
    [InlineData(""" "{{ item }}{{ item }}" · "n={{ item }}" """, """ "55" · "n=5" """)]
    [InlineData(
        """ "{{ l }}" · "v {{ l }}" · "v {{ o }}" """,
        """[1] · "v [1]" · "v {\"k\":1,\"x\":{\"y\":[10,20]}}" """)]
    [InlineData(""" "v={{ z }}" · "v={{ true }}" · "v={{ 1.0 }}" """, """ "v=" · "v=true" · "v=1.0" """)]
    [InlineData(""" "{{ '{{' }}" · "a }} b" · "" · "{ x }" """, """ "{{" · "a }} b" · "" · "{ x }" """)]
    [InlineData("""{"{{ name }}": "{{ name }}"}""", """{"{{ name }}":"x"}""")]
    [InlineData("""{"a": ["{{ item }}", 1, true, null]}""", """{"a":[5,1,true,null]}""")]
    [InlineData(""" "{{ '}}' }}" · "a {{ '}}' }}" """, """ "}}" · "a }}" """)]
    [InlineData("""'{{ {"a":{"b":1}} }}' · '{{ {"a":{"b":1}}}}'""", """{"a":{"b":1}}""")]
    [InlineData(""" "{{ evil }}" · "a {{ evil }}" """, """ "{{ name }}" · "a {{ name }}" """)]
    public void A_template_is_rendered_once(string templates, string values)
    {
        foreach (var (template, value) in Row.Of(templates, values))
        {
            var run = Given(template);

            Assert.Equal($$"""{"v":{{value}}}""", run.Input("a[0]").ToString());
        }
    }

    [Theory]
    [InlineData(""" "{{ missing }}" · "a {{ missing }}" """)]
    [InlineData(""" ["{{ item }}", 2, 3, "{{ item }}", 5, 6, "{{ missing }}", 8, 9, "{{ item }}"] """)]
    public void An_error_is_an_error_of_the_whole_value_and_nothing_is_sent(string templates)
    {
        foreach (var (template, _) in Row.Of(templates, "-"))
        {
            var run = Given(template);

            Assert.Empty(run.Sent);
            Assert.Contains("Nothing is called 'missing'", run.Run.Visit("a", 1)!.Error);
        }
    }

    [Theory]
    [InlineData(""" "{{ " · "a {{ item" """, "template.unclosed")]
    [InlineData(""" "{{ }}" """, "expr.syntax")]
    public void What_is_no_template_is_found_by_the_check(string templates, string code)
    {
        foreach (var (template, expected) in Row.Of(templates, code))
        {
            Assert.Equal(expected, Assert.Single(WorkflowCheck.Run(Text(template), "test").Problems).Code);
        }
    }

    private static Scenario Given(string template) => Scenario.Of(Text(template));

    private static string Text(string template) =>
        $$$"""
        vars: {name: x, l: [1], o: {k: 1, x: {y: [10, 20]}}, z: null, evil: "{{ '{{ name }}' }}"}
        tasks: [{name: a, action: core.noop, with_items: [5], input: {v: {{{template}}} } }]
        """;
}
