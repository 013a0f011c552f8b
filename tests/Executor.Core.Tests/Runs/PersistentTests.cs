using CsCheck;
using Executor.Core.Runs;

namespace Executor.Core.Tests.Runs;

public sealed class PersistentTests
{
    [Fact]
    public void A_sparse_vector_holds_what_was_set_and_old_ones_keep_their_own()
    {
        Gen.Select(Gen.Int[0, 100_000], Gen.Select(Gen.Int[0, 100_000], Gen.String).Array[50]).Sample(
            (size, changes) =>
            {
                var expected = new Dictionary<int, string>();
                var vector = SparseVector<string>.Empty.Sized(size);
                foreach (var (index, text) in changes)
                {
                    var before = vector;
                    var former = expected.GetValueOrDefault(index);
                    vector = vector.With(index, text);
                    expected[index] = text;
                    Assert.Equal(former, before[index]);
                }

                Assert.All(expected, pair => Assert.Equal(pair.Value, vector[pair.Key]));
                Assert.Null(vector[100_001]);
                Assert.Null(vector[-1]);
                Assert.Null(vector[int.MaxValue]);
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void A_set_of_visits_behaves_like_a_set()
    {
        var ordinals = Gen.OneOf(Gen.Int[0, 63], Gen.Int[0, 1_100], Gen.Int[0, 5_000], Gen.Int[0, 70_000]).Array[0, 60];
        Gen.Select(ordinals, ordinals).Sample(
            (left, right) =>
            {
                var one = left.Aggregate(VisitSet.Empty, (set, ordinal) => set.With(ordinal));
                var other = right.Aggregate(VisitSet.Empty, (set, ordinal) => set.With(ordinal));
                var both = one.Union(other);
                Assert.Equal(left.Union(right).Count(), both.Count);
                Assert.All(left.Union(right), ordinal => Assert.True(both.Contains(ordinal)));
                Assert.False(both.Contains(70_001));
                Assert.Same(both, both.Union(one));
                Assert.Same(both, one.Union(both));
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void A_line_of_slots_keeps_the_order_of_arrival_whoever_leaves_it()
    {
        Gen.Int[0, 20].Array[0, 200].Sample(
            items =>
            {
                var (expected, line) = (new List<Slot>(), SlotLine.Empty);
                foreach (var slot in items.Select(item => new Slot("t", 1, item, 1)))
                {
                    var (before, former) = (line, expected.ToArray());
                    Assert.Equal(expected.Contains(slot), line.Contains(slot));
                    line = expected.Contains(slot) ? line.Remove(slot) : line.Add(slot);
                    if (!expected.Remove(slot))
                    {
                        expected.Add(slot);
                        Assert.Throws<ArgumentException>(() => line.Add(slot));
                    }

                    Assert.Equal(expected, line);
                    Assert.Equal(expected.Count, line.Count);
                    Assert.Equal(expected.Count == 0, line.IsEmpty);
                    Assert.True(line.IsEmpty || line.First == expected[0]);
                    Assert.Same(line, line.Remove(new Slot("other", 1, 0, 1)));
                    Assert.Equal(former, before);
                }

                Assert.Equal(expected, SlotLine.Of(line));
            },
            iter: 200,
            threads: 1);
    }
}
