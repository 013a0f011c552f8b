namespace Executor.Storage.People;

/// <summary>Single statements that change little and seldom, in the SQL that every database of ours understands.</summary>
internal interface IStatements
{
    /// <param name="values">Its properties are the named parameters.</param>
    /// <returns>Rows changed.</returns>
    Task<int> ExecuteAsync(string sql, object values, CancellationToken stop);
}
