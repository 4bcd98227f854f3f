package costlake.cli;

import costlake.config.Config;
import costlake.serve.TrinoFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake serve trino-config} and prints the names of the files that it wrote. */
@Command(
    name = "trino-config",
    description = {
      "Write the same access rules for Trino.",
      "It writes a catalog, groups and row filters, so that users see the same rows in Trino as in"
          + " serve sql."
    },
    footer = {
      "",
      "Example: costlake serve trino-config --conf demo/conf --to out/trino",
      "Copy the files into Trino's etc folder, and run this again when owners.yml changes."
    })
final class ServeTrinoCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(names = "--to", paramLabel = "DIR", required = true, description = "Folder to write.")
  Path to;

  @Option(
      names = "--location",
      paramLabel = "PATH",
      description = "Where Trino will find the folder (default: DIR as an absolute path).")
  @Nullable String location;

  @Override
  public void run() {
    Config config = common.config();
    String at = location == null ? to.toAbsolutePath().normalize().toString() : location;
    TrinoFiles.write(config, to, at).forEach(common.out()::println);
    common.out().flush();
  }
}
