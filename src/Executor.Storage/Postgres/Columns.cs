using Executor.Core.Values;
using Npgsql;
using NpgsqlTypes;

namespace Executor.Storage.Postgres;

/// <summary>Rows as one array per column, for UNNEST.</summary>
internal static class Columns
{
    public static NpgsqlParameterCollection Texts<T>(
        this NpgsqlParameterCollection parameters, string name, List<T> rows, Func<T, string?> column)
    {
        parameters.Add(new NpgsqlParameter<string?[]>(name, NpgsqlDbType.Array | NpgsqlDbType.Text)
        {
            TypedValue = [.. rows.Select(row => column(row) is { } text ? StorableText.Of(text) : null)],
        });
        return parameters;
    }

    public static NpgsqlParameterCollection Numbers<T>(
        this NpgsqlParameterCollection parameters, string name, List<T> rows, Func<T, int?> column)
    {
        parameters.Add(new NpgsqlParameter<int?[]>(name, NpgsqlDbType.Array | NpgsqlDbType.Integer)
        {
            TypedValue = [.. rows.Select(column)],
        });
        return parameters;
    }

    public static NpgsqlParameterCollection Longs<T>(
        this NpgsqlParameterCollection parameters, string name, List<T> rows, Func<T, long?> column)
    {
        parameters.Add(new NpgsqlParameter<long?[]>(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint)
        {
            TypedValue = [.. rows.Select(column)],
        });
        return parameters;
    }

    public static NpgsqlParameterCollection Long(
        this NpgsqlParameterCollection parameters, string name, long value)
    {
        parameters.Add(new NpgsqlParameter<long>(name, NpgsqlDbType.Bigint) { TypedValue = value });
        return parameters;
    }
}
