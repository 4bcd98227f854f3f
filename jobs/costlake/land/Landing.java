package costlake.land;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.config.UserMapping;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Message;
import costlake.core.Progress;
import costlake.land.read.Formats;
import costlake.land.read.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds new deliveries of the sources and copies them, with checksums, below bronze/ (pins them).
 */
public final class Landing {
  private Landing() {}

  /**
   * Deliveries of files that the user named.
   *
   * @param notices messages to the operator about the deliveries
   */
  public record Given(List<Delivery> deliveries, List<String> notices) {
    public Given {
      deliveries = List.copyOf(deliveries);
      notices = List.copyOf(notices);
    }

    Given with(List<String> more) {
      return new Given(deliveries, Stream.concat(more.stream(), notices.stream()).toList());
    }
  }

  /**
   * Pins the new deliveries of every source for the periods: copies, digests, counts and checks the
   * files in one pass, then moves them into place in one step. A refused delivery leaves no files
   * behind, and the delivery that counted before still counts.
   *
   * @param runId the run that lands
   * @param now the time of landing; days of a live Prometheus that ended before this time are
   *     complete
   * @param known all deliveries of earlier nights; a delivery that differs from the current
   *     deliveries is new
   * @param periods billing months; empty means all months
   * @throws Failure with exit code 2 if a source cannot be found or listed, or if no source of
   *     bills has or ever had a delivery; with exit code 4 if the lake cannot be written
   */
  public static LandResult land(
      Config config,
      String runId,
      Instant now,
      List<Delivery> known,
      Set<BillingPeriod> periods,
      Progress progress) {
    LandResult all = LandResult.NOTHING;
    for (Source source : config.sources()) {
      SourceLanding landing = new SourceLanding(config, source, runId, now, known, progress);
      LandResult one = land(config, source, landing, now, known, periods);
      boolean isRecords = source.sourceKind().family() == SourceKind.Family.RECORDS;
      all = all.and(isRecords ? one.keepingLastGood() : one);
    }
    refuseToBeginWithNothing(config.sources(), known, all);
    return all;
  }

  private static LandResult land(
      Config config,
      Source source,
      SourceLanding landing,
      Instant now,
      List<Delivery> known,
      Set<BillingPeriod> periods) {
    Optional<FetchedSource> fetched = FetchedSources.of(config, source);
    if (fetched.isPresent()) {
      return FetchedSources.land(config, source, fetched.get(), landing, periods);
    }
    if (source.url() != null) {
      return LivePrometheus.land(config, source, landing, now, known, periods);
    }
    try (Storage storage = storage(config, source)) {
      return landing.land(storage, periods);
    }
  }

  /**
   * Checks and counts the rows of pinned deliveries again, because their source or kind is read
   * with other settings than when they landed. The result has the counted deliveries under {@code
   * unchanged}, and a refusal if too many rows cannot be read, or if a file lacks a column.
   *
   * @param reconfigured selects deliveries whose settings changed; others are read by another
   *     version of Costlake
   * @throws Failure with exit code 2 if a table lacks a column that the settings name
   */
  public static LandResult readAgain(
      Config config, List<Delivery> deliveries, Predicate<Delivery> reconfigured) {
    return new SecondReading(config, reconfigured).of(deliveries);
  }

  private static void refuseToBeginWithNothing(
      List<Source> sources, List<Delivery> known, LandResult found) {
    List<Source> bills = sources.stream().filter(s -> !s.sourceKind().isTelemetry()).toList();
    List<String> ids = sources.stream().map(Source::id).toList();
    boolean counts = known.stream().anyMatch(d -> ids.contains(d.sourceId()));
    if (!bills.isEmpty()
        && !counts
        && found.silent().containsAll(bills.stream().map(Source::id).toList())) {
      throw Failure.operator(
          "%s", bills.stream().map(s -> nothing(s, found)).collect(Collectors.joining("\n")));
    }
  }

  private static String nothing(Source source, LandResult found) {
    return Message.of(
        """
        Cannot land %s: there is no file that can be read at %s (%s). Correct the location in
        sources.yml, or deliver the export.%s
        """,
        source.id(),
        source.location(),
        Formats.READ,
        found.notices().stream()
            .filter(notice -> notice.sourceId().equals(source.id()))
            .map(notice -> " There is " + notice.message() + ".")
            .collect(Collectors.joining()));
  }

  static Storage storage(Config config, Source source) {
    String location = Objects.requireNonNull(source.location());
    if (S3Storage.isS3(location)) {
      return new S3Storage(location);
    }
    return HadoopStorage.isHadoop(location)
        ? HadoopStorage.of(location, config.spark().properties())
        : LocalStorage.of(
            Path.of(location), "Correct the location in sources.yml, or deliver the export.");
  }

  /** Returns a configuration for files that the user named and that a mapping describes. */
  public static Config mapped(Config config, UserMapping mapping) {
    return config.mapped(NamedFiles.SOURCE, mapping);
  }

  /**
   * Returns a configuration for files that the user named.
   *
   * @param columns names of columns that differ
   * @param zone zone of times without an offset; null if nobody stated it
   */
  public static Config described(
      Config config, SourceKind kind, Map<String, String> columns, @Nullable ZoneId zone) {
    return config.reading(NamedFiles.SOURCE, kind, columns, zone);
  }

  /**
   * Makes deliveries of files that the user named, one for each kind and billing month, without
   * copying them. Searches folders recursively and skips files that are not tables. Checks the
   * files like deliveries of a source, except for the checks of the stated month and of the
   * previous delivery, which only a source has.
   *
   * @param paths files and folders
   * @param kind kind of the files; if empty, the header of each file determines its kind
   * @throws Failure with exit code 2 if there is no file or a file is not recognised; with exit
   *     code 3 if a file cannot be read, or if repeated files or rows are refused
   */
  public static Given adHoc(Config config, List<Path> paths, Optional<SourceKind> kind) {
    List<Path> files = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    for (Path path : paths) {
      LocalStorage storage = LocalStorage.of(path, "Check the path.");
      if (storage.isFile()) {
        files.add(path);
      } else {
        Predicate<String> wanted = isWanted(path, kind);
        List<String> all = keys(path, storage, wanted);
        all.stream().filter(wanted).map(path::resolve).forEach(files::add);
        IgnoredFiles.message(all).ifPresent(message -> notices.add(path + ": " + message));
      }
    }
    Given given = NamedFiles.deliveries(config, files, kind, Instant.now(Clock.systemUTC()));
    return given.with(notices);
  }

  /** With a mapping, every table of a folder is a bill. With a kind of records, it is a log. */
  private static Predicate<String> isWanted(Path folder, Optional<SourceKind> kind) {
    if (kind.filter(SourceKind::isRecords).isPresent()) {
      return key -> Formats.table(key) || Formats.isLog(key);
    }
    return kind.filter(SourceKind::isMapped).isPresent()
        ? Formats::table
        : key -> NamedFiles.isLikelyBill(folder, key);
  }

  /** Lists a folder, and refuses it if it has no bill. */
  static List<String> keys(Path folder, Storage storage, Predicate<String> bill) {
    try {
      List<String> keys = storage.list().stream().map(Storage.Found::key).toList();
      if (keys.stream().noneMatch(bill)) {
        throw Failure.operator(
            "Cannot read %s: it contains no file that can be read (%s).%s",
            folder,
            Formats.READ,
            IgnoredFiles.message(keys).map(message -> " There is " + message + ".").orElse(""));
      }
      return keys;
    } catch (IOException e) {
      throw FileErrors.of(folder, e);
    }
  }
}
