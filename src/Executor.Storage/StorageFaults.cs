using Executor.Core;
using Microsoft.Data.Sqlite;

namespace Executor.Storage;

/// <summary>Tells the world's faults from our own mistakes.</summary>
internal static class StorageFaults
{
    /// <summary>Null: not the world's fault, so a bug that must be seen as such.</summary>
    public static StorageException? Of(SqliteException exception, string file)
    {
        var sentence = exception.SqliteErrorCode switch
        {
            SqliteCode.Busy or SqliteCode.Locked => $"'{file}' is held by another process for too long.",
            SqliteCode.Full => $"The disk that holds '{file}' is full.",
            SqliteCode.IoError => $"'{file}' cannot be read or written.",
            SqliteCode.ReadOnly => $"'{file}' may not be written.",
            SqliteCode.CannotOpen or SqliteCode.Permission => $"'{file}' cannot be opened.",
            SqliteCode.Corrupt or SqliteCode.NotADatabase => $"'{file}' is damaged, or not a database.",
            SqliteCode.NoMemory => $"There was not enough memory to use '{file}'.",
            SqliteCode.Protocol or SqliteCode.Interrupt => $"The use of '{file}' was interrupted.",
            _ => null,
        };
        return sentence is null ? null : new StorageException($"{sentence} ({exception.Message})", exception);
    }

    private static class SqliteCode
    {
        public const int Permission = 3;
        public const int Busy = 5;
        public const int Locked = 6;
        public const int NoMemory = 7;
        public const int ReadOnly = 8;
        public const int Interrupt = 9;
        public const int IoError = 10;
        public const int Corrupt = 11;
        public const int Full = 13;
        public const int CannotOpen = 14;
        public const int Protocol = 15;
        public const int NotADatabase = 26;
    }
}
