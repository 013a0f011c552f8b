namespace Executor.Storage.Reading;

/// <summary>Reads in the SQL that every database of ours understands.</summary>
internal interface IQueries
{
    /// <param name="values">Its properties are the named parameters.</param>
    /// <returns>All rows, each with its columns in the members of the same name.</returns>
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object values, CancellationToken stop);
}
