package costlake.land;

import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Sha256;
import costlake.land.aws.AwsManifests;
import costlake.land.azure.AzureManifests;
import costlake.land.prometheus.ResponseFiles;
import costlake.land.read.Formats;
import costlake.land.read.Manifest;
import costlake.land.read.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a source for one period, before they are pinned.
 *
 * @param period empty if neither the path, a manifest nor a row states it
 * @param id id that the exporter gave the export, or empty
 * @param missing files that a manifest names but that do not exist
 * @param manifest address of the manifest, or empty
 * @param datasets the folder of the dataset of each file, by the key of the file; only for files
 *     whose dataset a manifest states
 */
record Export(
    Source source,
    Optional<LocalDate> period,
    Optional<String> id,
    List<Storage.Found> files,
    List<String> missing,
    Optional<String> manifest,
    Map<String, String> datasets) {
  /**
   * How the manifests of an exporter are read.
   *
   * @param manifests returns the manifests that count
   * @param unlisted returns the tables in folders without a manifest, if such tables are not read
   */
  private record ManifestReader(
      BiFunction<Storage, List<Storage.Found>, Collection<Manifest>> manifests,
      Function<List<Storage.Found>, List<String>> unlisted) {}

  /** Readers of manifests, by their name in {@code kind.yml}. */
  private static final Map<String, ManifestReader> MANIFESTS =
      Map.of(
          "aws", new ManifestReader(AwsManifests::in, found -> List.of()),
          "azure", new ManifestReader(AzureManifests::in, AzureManifests::unlisted));

  private static final Pattern MONTH =
      Pattern.compile("(?:^|/|=)(\\d{4})-(\\d{2})(?:$|/|-\\d{2}(?:$|/))");
  private static final Pattern RANGE =
      Pattern.compile("(?:^|/)(\\d{4})(0[1-9]|1[0-2])\\d{2}-(\\d{8})(?:$|/)");

  /**
   * Groups the files of a source into exports, one for each period.
   *
   * @param found all files of the source
   * @param peek reads the month of a file whose path does not name it
   */
  static List<Export> of(
      Source source,
      Storage storage,
      List<Storage.Found> found,
      Function<Storage.Found, Optional<String>> peek) {
    SourceKind kind = source.sourceKind();
    if (kind.isTelemetry()) {
      return days(source, storage, found);
    }
    if (kind.period() == SourceKind.Period.ALL) {
      return List.of(plain(source, Optional.of(Delivery.ALL_PERIODS), tables(kind, found)));
    }
    Collection<Manifest> manifests = manifests(kind, storage, found);
    return manifests.isEmpty()
        ? months(source, storage, tables(kind, found), peek)
        : manifests.stream().map(m -> of(source, storage, m, found)).toList();
  }

  private static Collection<Manifest> manifests(
      SourceKind kind, Storage storage, List<Storage.Found> found) {
    return reader(kind).map(reader -> reader.manifests().apply(storage, found)).orElse(List.of());
  }

  private static Optional<ManifestReader> reader(SourceKind kind) {
    return Optional.ofNullable(kind.manifest())
        .map(name -> Strategies.named("manifest", name, MANIFESTS));
  }

  /** Lists the files of a source. */
  static List<Storage.Found> list(Source source, Storage storage) {
    try {
      return storage.list();
    } catch (IOException e) {
      throw FileErrors.of(Objects.requireNonNull(source.location()), e);
    }
  }

  private static Export of(
      Source source, Storage storage, Manifest manifest, List<Storage.Found> found) {
    List<Storage.Found> files = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, String> datasets = new HashMap<>();
    for (String file : manifest.files()) {
      Optional<Storage.Found> located = Manifest.locate(file, found);
      located.ifPresentOrElse(files::add, () -> missing.add(file));
      String dataset = manifest.datasets().get(file);
      if (dataset != null) {
        located.ifPresent(there -> datasets.put(there.key(), dataset));
      }
    }
    return new Export(
        source,
        Optional.of(BillingPeriod.parse(manifest.month()).firstDay()),
        Optional.of(manifest.id()).filter(id -> !id.isEmpty()),
        files,
        missing,
        Optional.of(storage.address(manifest.key())),
        datasets);
  }

  private static List<Export> days(Source source, Storage storage, List<Storage.Found> found) {
    List<Export> exports = new ArrayList<>();
    ResponseFiles.byDay(source.sourceKind(), found, file -> sampled(storage, file))
        .forEach((day, files) -> exports.add(plain(source, Optional.of(day), files)));
    return exports;
  }

  private static Set<LocalDate> sampled(Storage storage, Storage.Found file) {
    String address = storage.address(file.key());
    try (InputStream in = storage.open(file.key())) {
      return ResponseFiles.days(address, in);
    } catch (IOException e) {
      if (FileErrors.isCause(e)) {
        throw FileErrors.of(address, e);
      }
      throw Failure.data(e, "Cannot read %s: %s. Deliver it again.", address, FileErrors.why(e));
    }
  }

  private static List<Export> months(
      Source source,
      Storage storage,
      List<Storage.Found> tables,
      Function<Storage.Found, Optional<String>> peek) {
    Map<String, List<Storage.Found>> byMonth = new TreeMap<>();
    for (Storage.Found table : tables) {
      refuseMonths(storage, table.key());
      String month = month(table.key()).or(() -> peek.apply(table)).orElse("");
      byMonth.computeIfAbsent(month, any -> new ArrayList<>()).add(table);
    }
    List<Export> exports = new ArrayList<>();
    byMonth.forEach(
        (month, files) -> {
          if (month.isEmpty()) {
            files.forEach(file -> exports.add(plain(source, Optional.empty(), List.of(file))));
          } else {
            exports.add(plain(source, Optional.of(BillingPeriod.parse(month).firstDay()), files));
          }
        });
    return exports;
  }

  private static Export plain(
      Source source, Optional<LocalDate> period, List<Storage.Found> files) {
    return new Export(
        source, period, Optional.empty(), files, List.of(), Optional.empty(), Map.of());
  }

  /**
   * Finds the billing month in a folder's name: {@code 2026-09/}, {@code BILLING_PERIOD=2026-09/}.
   */
  static Optional<String> month(String key) {
    int slash = key.lastIndexOf('/');
    String folder = slash < 0 ? "" : key.substring(0, slash);
    for (Pattern pattern : List.of(MONTH, RANGE)) {
      Matcher matcher = pattern.matcher(folder);
      if (matcher.find() && matcher.group(2).matches("0[1-9]|1[0-2]")) {
        return Optional.of(matcher.group(1) + "-" + matcher.group(2));
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses a folder of several months, e.g. {@code 20260801-20260930}, because a delivery contains
   * one month.
   */
  private static void refuseMonths(Storage storage, String key) {
    Matcher range = RANGE.matcher(key.substring(0, key.lastIndexOf('/') + 1));
    if (!range.find()) {
      return;
    }
    YearMonth month = YearMonth.parse(range.group(1) + "-" + range.group(2));
    String firstOfNext = month.plusMonths(1).atDay(1).toString().replace("-", "");
    if (range.group(3).compareTo(firstOfNext) > 0) {
      throw Failure.data(
          """
          Cannot read %s: its folder covers several months. Export each month to a separate folder,
          such as %s-%s.
          """,
          storage.address(key),
          month.atDay(1).toString().replace("-", ""),
          month.atEndOfMonth().toString().replace("-", ""));
    }
  }

  /**
   * Returns the tables that are not read because their folder has no manifest; none if the kind has
   * no manifests, or does not require one in each folder.
   */
  static List<String> unlisted(Source source, List<Storage.Found> found) {
    return reader(source.sourceKind())
        .map(reader -> reader.unlisted().apply(found))
        .orElse(List.of());
  }

  /** Returns the files that are tables. Logs are read by sources of records only. */
  private static List<Storage.Found> tables(SourceKind kind, List<Storage.Found> found) {
    return found.stream()
        .filter(
            object ->
                Formats.table(object.key()) || (kind.isRecords() && Formats.isLog(object.key())))
        .toList();
  }

  /**
   * Returns a digest of the id and of the keys, sizes and versions of the files. If one of these
   * changes, the digest changes.
   */
  String fingerprint() {
    MessageDigest digest = Sha256.digest();
    for (Storage.Found file : files) {
      String line = file.key() + '\n' + file.bytes() + '\n' + file.version() + '\n';
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    digest.update(id.orElse("").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  long bytes() {
    return files.stream().mapToLong(Storage.Found::bytes).sum();
  }
}
