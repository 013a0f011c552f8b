using Microsoft.Data.Sqlite;

namespace Executor.Storage.Writing;

/// <summary>A statement that is parsed once and used for ever.</summary>
internal sealed class Statement(SqliteCommand command) : IDisposable
{
    private readonly Dictionary<string, SqliteParameter> _parameters = new(StringComparer.Ordinal);

    public Statement Set(string name, object? value)
    {
        if (!_parameters.TryGetValue(name, out var parameter))
        {
            parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
            _parameters.Add(name, parameter);
        }

        parameter.Value = value ?? DBNull.Value;
        return this;
    }

    /// <returns>How many rows it has changed.</returns>
    public int Execute() => command.ExecuteNonQuery();

    /// <summary>For statements that answer exactly one row.</summary>
    public T One<T>(Func<SqliteDataReader, T> read)
    {
        using var reader = command.ExecuteReader();
        reader.Read();
        return read(reader);
    }

    public List<T> All<T>(Func<SqliteDataReader, T> read)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose() => command.Dispose();
}
