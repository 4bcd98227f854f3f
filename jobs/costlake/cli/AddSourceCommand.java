package costlake.cli;

import costlake.init.AddedSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a source to the configuration ({@code costlake add-source}). */
@Command(
    name = "add-source",
    description = {
      "Add a source to sources.yml of a configuration.",
      "It writes what the source answers and still needs beside it. docs/sources.md lists the kinds."
    },
    footer = {"", "Example: costlake add-source slurm logs/sacct --conf my-company"})
final class AddSourceCommand implements Runnable {
  @Mixin CommonOptions common;

  @Parameters(index = "0", paramLabel = "KIND", description = "Kind of the source, e.g. slurm.")
  String kind;

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "File, folder, s3://bucket/prefix or the address of a server.")
  String place;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Id of the source (default: the name of the kind).")
  @Nullable String id;

  @Override
  public void run() {
    AddedSource added = AddedSource.to(common.folder(), kind, place, id);
    common.out().println("Added to " + added.file() + ":");
    added.lines().forEach(common.out()::println);
    common
        .out()
        .println(
            added.isComplete()
                ? "Check it with: ./costlake doctor --conf " + common.folder()
                : "Replace the words in capitals, and remove the # before the entry.");
  }
}
