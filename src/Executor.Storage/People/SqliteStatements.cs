using Executor.Storage.Writing;

namespace Executor.Storage.People;

internal sealed class SqliteStatements(SqliteWriter writer) : IStatements
{
    public Task<int> ExecuteAsync(string sql, object values, CancellationToken stop) => writer.RunAsync(
        session =>
        {
            var statement = session.Prepare(sql);
            foreach (var property in values.GetType().GetProperties())
            {
                statement.Set("@" + property.Name, property.GetValue(values));
            }

            return statement.Execute();
        },
        stop);
}
