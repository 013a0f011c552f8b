using System.Reflection;
using Executor.Core.Workflows;

namespace Executor.Core.Tests.Workflows;

public sealed class AdviceTests
{
    public static TheoryData<string> Codes => new(typeof(ProblemCode)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(code => (string)code.GetRawConstantValue()!));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_sentence_of_advice(string code)
    {
        var advice = ProblemAdvice.Of(code);

        Assert.NotNull(advice);
        Assert.Matches("^[A-Z].+[.]$", advice);
    }

    [Fact]
    public void Codes_are_words_with_one_point() =>
        Assert.All(ProblemAdvice.Codes, code => Assert.Matches("^[a-z]+[.][a-z0-9-]+$", code));

    [Fact]
    public void Every_problem_of_a_file_comes_with_advice() =>
        Assert.All(
            WorkflowCheck.Run("lable: x\ntasks: {a: {action: 5, next: [{do: b, when: '1 +'}]}}", "test").Problems,
            problem => Assert.False(string.IsNullOrEmpty(problem.Advice), problem.Code));
}
