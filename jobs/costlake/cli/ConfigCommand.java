package costlake.cli;

import costlake.config.KeyReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake config}: prints the settings, or the reference of all keys. */
@Command(
    name = "config",
    description = "Print the configuration and where each value is set.",
    footer = {"", "Example: costlake config --conf demo/conf --set lake.format=delta"})
final class ConfigCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(names = "--reference", description = "Print the key reference as Markdown.")
  boolean reference;

  @Override
  public void run() {
    if (reference) {
      common.out().print(KeyReference.markdown());
      common.out().flush();
      return;
    }
    common.config();
    common.settings().lines().forEach(common.out()::println);
  }
}
