using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class EventTasksTests
{
    public static TheoryData<string> Events =>
        new(typeof(RunEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RunEvent))).Select(type => type.Name));

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_that_names_a_task_or_a_slot_is_about_it(string name)
    {
        var type = typeof(RunEvent).GetNestedType(name)!;
        var happened = (RunEvent)RuntimeHelpers.GetUninitializedObject(type);
        var expected = ImmutableArray.CreateBuilder<string>();
        foreach (var member in type.GetProperties())
        {
            if (member.Name is "Task" or "FromTask" or "Inner")
            {
                member.SetValue(happened, member.Name);
                expected.Add(member.Name);
            }
            else if (member.PropertyType == typeof(Slot))
            {
                member.SetValue(happened, new Slot("Slot", 1, Slot.NoItem, 1));
                expected.Add("Slot");
            }
            else if (member.PropertyType == typeof(RunProblem))
            {
                member.SetValue(happened, new RunProblem("x", "x", "Problem"));
                expected.Add("Problem");
            }
        }

        Assert.Equal(expected.Order(), EventTasks.Of(happened).Order());
    }
}
