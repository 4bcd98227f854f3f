package costlake.cli;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Failure;
import costlake.core.OwnFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.PicocliException;

/**
 * Says whether {@code night}, {@code land} or {@code backfill} reads little. The launcher asks it
 * before the command, because little is read faster with the first compiler of Java alone, and a
 * running process cannot change its compilers. Exits with 1 if the command reads much, or if that
 * is unknown. The command itself reports what is wrong with its words or its configuration.
 */
final class SmallNight {
  private static final long SMALL_BYTES = 16L << 20;

  private SmallNight() {}

  public static void main(String[] args) throws URISyntaxException {
    Path program =
        Path.of(SmallNight.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    System.exit(readsLittle(program, args) ? 0 : 1);
  }

  static boolean readsLittle(Path program, String... words) {
    try {
      CommandSpec verb = Main.line().parseArgs(words).subcommand().commandSpec();
      CommonOptions common = CommonOptions.of(verb).orElseThrow();
      OwnFiles.use(common.folder());
      Config config = common.config();
      boolean all = verb.name().equals("backfill");
      return isLittle(config, all ? Optional.empty() : unchangedSince(program, config));
    } catch (PicocliException | Failure | IOException | UncheckedIOException e) {
      return false;
    }
  }

  /**
   * Returns when the last night published. Empty if none did, or if the program or the
   * configuration is newer: the next night may then build everything.
   */
  private static Optional<FileTime> unchangedSince(Path program, Config config) throws IOException {
    Optional<FileTime> published = newest(Path.of(config.lake().root(), "journal"), 1);
    FileTime installed = (FileTime) Files.getAttribute(program, "unix:ctime");
    FileTime configured = newest(config.home(), Integer.MAX_VALUE).orElse(installed);
    return published
        .filter(night -> night.compareTo(installed) > 0)
        .filter(night -> night.compareTo(configured) > 0);
  }

  private static Optional<FileTime> newest(Path folder, int depth) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files
          .filter(Files::isRegularFile)
          .map(SmallNight::modified)
          .max(Comparator.naturalOrder());
    }
  }

  /** Whether the files that the last night did not see are small together. */
  private static boolean isLittle(Config config, Optional<FileTime> seen) throws IOException {
    List<Source> sources = config.sources();
    long bytes = 0;
    for (Source source : sources) {
      if (source.location() == null || source.location().contains("://")) {
        return false;
      }
      bytes += newBytes(Path.of(source.location()), seen);
    }
    return !sources.isEmpty() && bytes <= SMALL_BYTES;
  }

  private static long newBytes(Path location, Optional<FileTime> seen) throws IOException {
    try (Stream<Path> files = Files.walk(location)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> seen.isEmpty() || modified(file).compareTo(seen.get()) > 0)
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
