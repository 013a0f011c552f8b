using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Executor.Host.Output;
using Executor.Host.Settings;
using Executor.Storage.Postgres;

namespace Executor.Host.Verbs;

/// <summary>Brings the schema in PostgreSQL to what this program needs; nodes refuse to start on any other.</summary>
internal static class MigrateVerb
{
    public static Command Create()
    {
        var role = new Option<string?>("--node-role")
        {
            Description = "Also makes this role, or brings its rights and time limits up to date: nodes log in as it. "
                + $"Its password is taken from {HostSettings.NodePassword}.",
            HelpName = "ROLE",
        };
        var command = new Command(
            "migrate",
            "Makes or updates the tables in PostgreSQL, as their owner. Repeating it, and doing it from several places at "
            + "once, does no harm.\n\nSettings (environment variables):\n"
            + string.Join('\n', HostSettings.Migrate.Select(setting => $"  {setting.Name}: {setting.Help}")))
        {
            role,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var settings = HostSettings.Read(HostSettings.Migrate, SettingsReader.Environment());
            var options = new PostgresOptions { Connection = settings.Required(HostSettings.Postgres) };
            var node = parsed.GetValue(role) is { } name
                ? new NodeRole(name, settings.Text(HostSettings.NodePassword))
                : null;
            try
            {
                var (before, after) = await PostgresSchema.MigrateAsync(options, node, stop);
                Talk.Line(before == after
                    ? $"schema '{options.Schema}' has version {after} already"
                    : $"schema '{options.Schema}' went from version {before} to {after}");
                return ExitCode.Completed;
            }
            catch (ValidationException wrong)
            {
                throw new Unusable("settings.value", wrong.Message, $"look at --node-role and {HostSettings.Postgres}");
            }
        });
        return command;
    }
}
