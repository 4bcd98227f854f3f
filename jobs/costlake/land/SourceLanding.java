package costlake.land;

import costlake.config.Config;
import costlake.config.ReadingFacts;
import costlake.config.Source;
import costlake.config.SourceSettings;
import costlake.config.UserMapping;
import costlake.core.AtomicFile;
import costlake.core.BillingPeriod;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import costlake.core.Folders;
import costlake.core.Message;
import costlake.core.Progress;
import costlake.core.Reject;
import costlake.core.Sha256;
import costlake.land.read.FileReading;
import costlake.land.read.FileSummary;
import costlake.land.read.Formats;
import costlake.land.read.Storage;
import costlake.land.read.rows.Relation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lands the new deliveries of one source. */
final class SourceLanding {
  private static final int SUFFIX_DIGITS = 8;

  private final Config config;

  /** The configuration of the lake whose pinned deliveries are not read again. */
  private final Config pinned;

  private final Source source;
  private final String runId;
  private final Instant now;
  private final List<Delivery> known;
  private final Progress progress;
  private final SourceSettings.Key settings;

  /** What decides how the rows of the source are read today. */
  private final Map<String, String> readBy;

  private final List<Delivery> landed = new ArrayList<>();
  private final List<Delivery> replaced = new ArrayList<>();
  private final List<Delivery> unchanged = new ArrayList<>();
  private final List<LandResult.Refusal> refused = new ArrayList<>();
  private final List<LandResult.Notice> notices = new ArrayList<>();
  private final List<Reject> rejects = new ArrayList<>();
  private boolean silent;

  SourceLanding(
      Config config,
      Source source,
      String runId,
      Instant now,
      List<Delivery> known,
      Progress progress) {
    this(config, config, source, runId, now, known, progress);
  }

  /**
   * Lands in one lake what is not pinned in another.
   *
   * @param pinned the configuration of the other lake
   */
  SourceLanding(
      Config config,
      Config pinned,
      Source source,
      String runId,
      Instant now,
      List<Delivery> known,
      Progress progress) {
    this.config = config;
    this.pinned = pinned;
    this.source = source;
    this.runId = runId;
    this.now = now;
    this.known = known;
    this.progress = progress;
    this.settings = new SourceSettings.Key(source.id(), source.kind());
    this.readBy = ReadingFacts.of(settings, SourceSettings.of(source));
  }

  LandResult land(Storage storage, Set<BillingPeriod> periods) {
    List<Export> exports = exports(storage);
    List<Export> wanted = unseen(exports, periods);
    progress.begin(
        "Pinning " + source.id(), wanted.stream().mapToLong(Export::bytes).sum(), "bytes");
    wanted.forEach(export -> takeOrRefuse(export, storage));
    Set<LocalDate> found =
        exports.stream().flatMap(export -> export.period().stream()).collect(Collectors.toSet());
    for (OutdatedPins.Pin pin : OutdatedPins.of(pinned, source, known, found)) {
      if (!unseen(List.of(pin.export()), periods).isEmpty()) {
        takeAgain(pin);
      }
    }
    progress.end();
    LandResult result =
        new LandResult(landed, replaced, unchanged, refused, List.of(), notices, rejects);
    return silent ? result.and(LandResult.silent(source.id())) : result;
  }

  /**
   * Lands a delivery again from its pin with the changed mapping. If this mapping cannot read it,
   * the delivery keeps its earlier mapping, because its files cannot be corrected any more.
   */
  private void takeAgain(OutdatedPins.Pin pin) {
    Optional<Delivery> other =
        Stream.concat(landed.stream(), unchanged.stream()).filter(pin::isIn).findFirst();
    if (other.isPresent()) {
      refuse(pin.export(), "", movedTo(pin.delivery(), other.get()));
      return;
    }
    int before = refused.size();
    int rejectsBefore = rejects.size();
    takeOrRefuse(pin.export(), pin.storage());
    List<LandResult.Refusal> unreadable = refused.subList(before, refused.size());
    if (!unreadable.isEmpty()) {
      rejects.subList(rejectsBefore, rejects.size()).clear();
    }
    unreadable.forEach(
        refusal ->
            notice(
                refusal.period(),
                "it keeps its earlier mapping, because the changed mapping cannot read it: "
                    + refusal.message()));
    unreadable.clear();
  }

  private static String movedTo(Delivery old, Delivery now) {
    return Message.of(
        """
        Refused delivery %s of %s: by the changed mapping, its files are of %s, where they would
        count a second time. Restore the formats of times, or give the source another id and run
        the night with --remove-source %s.
        """,
        old.deliveryId(),
        BillingPeriod.of(old.billingPeriod()),
        BillingPeriod.of(now.billingPeriod()),
        old.sourceId());
  }

  /** The exports of the wanted periods that are not pinned. */
  private List<Export> unseen(List<Export> exports, Set<BillingPeriod> periods) {
    return exports.stream().filter(export -> wanted(export, periods) && !seen(export)).toList();
  }

  private void takeOrRefuse(Export export, Storage storage) {
    try {
      take(export, storage);
    } catch (Failure failure) {
      if (failure.family() != Failure.Family.DATA) {
        throw failure;
      }
      refuse(export, "", failure.getMessage());
    }
  }

  private List<Export> exports(Storage storage) {
    try {
      List<Storage.Found> found = Export.list(source, storage);
      List<Export> exports = Export.of(source, storage, found, file -> peek(storage, file));
      ignoredFiles(exports, found).ifPresent(message -> notice(Delivery.ALL_PERIODS, message));
      if (exports.stream().allMatch(e -> e.files().isEmpty() && e.manifest().isEmpty())) {
        silent = source.url() == null;
        return List.of();
      }
      return exports;
    } catch (Failure failure) {
      if (failure.family() != Failure.Family.DATA) {
        throw failure;
      }
      refused.add(
          new LandResult.Refusal(
              source.id(), source.kind(), Delivery.ALL_PERIODS, "", failure.getMessage()));
      return List.of();
    }
  }

  /**
   * Returns a message about files that look like tables but are not read. If there are manifests,
   * the message is about files in folders without a manifest.
   */
  private Optional<String> ignoredFiles(List<Export> exports, List<Storage.Found> found) {
    boolean decided = exports.stream().anyMatch(export -> export.manifest().isPresent());
    if (decided) {
      return IgnoredFiles.unlisted(Export.unlisted(source, found));
    }
    return source.sourceKind().isTelemetry()
        ? Optional.empty()
        : IgnoredFiles.message(found.stream().map(Storage.Found::key).toList());
  }

  private static boolean wanted(Export export, Set<BillingPeriod> periods) {
    return periods.isEmpty()
        || export.period().isEmpty()
        || export.period().get().equals(Delivery.ALL_PERIODS)
        || periods.contains(BillingPeriod.of(export.period().get()));
  }

  /** Reads the month of a file whose path does not state it; empty if the file cannot be read. */
  private Optional<String> peek(Storage storage, Storage.Found file) {
    try {
      FileReading reading =
          FileReading.peeking(Relations.of(config, source), config.limits().recordBytesMax());
      if (Formats.isStreamed(file.key())) {
        try (InputStream in = storage.open(file.key())) {
          return reading.firstMonth(in, storage.address(file.key()));
        }
      }
      return storage.local(file.key()).flatMap(reading::firstMonth);
    } catch (IOException | Failure e) {
      return Optional.empty();
    }
  }

  private Optional<Delivery> current(LocalDate period) {
    return known.stream().filter(d -> PinnedPaths.counts(d, source, period)).findFirst();
  }

  /**
   * Whether an export with the same {@link Export#fingerprint} is already pinned. If so, records
   * the pinned delivery.
   */
  private boolean seen(Export export) {
    if (export.period().isEmpty() || !export.missing().isEmpty()) {
      return false;
    }
    LocalDate period = export.period().get();
    Path folder = PinnedPaths.period(pinned, source, period);
    String fingerprint = fingerprint(export);
    Optional<Receipt> same =
        Receipt.below(folder).stream()
            .filter(receipt -> receipt.fingerprint().equals(fingerprint))
            .findFirst();
    same.ifPresent(receipt -> record(receipt, folder));
    return same.isPresent();
  }

  /**
   * Records the newest pinned delivery of a day without reading the source. Returns false if there
   * is no pinned delivery.
   */
  boolean pinned(LocalDate day) {
    Path folder = PinnedPaths.period(config, source, day);
    Optional<Receipt> newest =
        Receipt.below(folder).stream()
            .max(Comparator.comparing(receipt -> Instant.parse(receipt.landedAt())));
    newest.ifPresent(receipt -> record(receipt, folder));
    return newest.isPresent();
  }

  private void record(Receipt receipt, Path folder) {
    Delivery delivery = receipt.delivery(folder.resolve(receipt.deliveryId()), runId);
    Optional<Delivery> current = current(delivery.billingPeriod());
    if (current.isPresent() && current.get().deliveryId().equals(delivery.deliveryId())) {
      unchanged.add(current.get());
      return;
    }
    LandResult read = counted(receipt, delivery);
    rejects.addAll(read.rejects());
    if (!read.refused().isEmpty()) {
      refused.addAll(read.refused());
      current.ifPresent(unchanged::add);
      return;
    }
    landed.addAll(read.unchanged());
    current.ifPresent(old -> replaced.add(old.as(Delivery.Status.REPLACED)));
    receipt.notices().forEach(message -> notice(delivery.billingPeriod(), message));
  }

  /**
   * Returns a pinned delivery with the counts of its receipt. If its rows were read in another way
   * than today, they are counted again.
   */
  private LandResult counted(Receipt receipt, Delivery delivery) {
    if (receipt.readBy().equals(readBy) || source.sourceKind().isTelemetry()) {
      return LandResult.counted(delivery, receipt.rejects());
    }
    return new SecondReading(config, any -> isReconfigured(receipt)).of(List.of(delivery));
  }

  private boolean isReconfigured(Receipt receipt) {
    return !Objects.equals(receipt.readBy().get(settings.fact()), readBy.get(settings.fact()));
  }

  private void notice(LocalDate period, String message) {
    notices.add(new LandResult.Notice(source.id(), period, message));
  }

  private void take(Export export, Storage storage) {
    if (!export.missing().isEmpty()) {
      refuse(
          export,
          export.id().orElse(""),
          Message.of(
              """
              Refused %s: it names %s file(s) that do not exist, first %s. Wait until the export is
              complete, or deliver it again.
              """,
              export.manifest().orElse(source.location()),
              export.missing().size(),
              export.missing().get(0)));
      return;
    }
    Path temporary = PinnedPaths.unfinished(config, source);
    List<InspectedFile> copied = new ExportCopy(config, export, storage, temporary, progress).all();
    FailPoint.reached(FailPoints.LAND_BEFORE_PIN);
    if (export.period().isEmpty()) {
      refuse(export, "", withoutMonth(storage.address(export.files().get(0).key()), copied));
      return;
    }
    pin(export, copied, temporary);
  }

  /** Returns why the month is unknown: no row has one, or the rows that have one are rejected. */
  private static String withoutMonth(String address, List<InspectedFile> copied) {
    String first = DeliveryCheck.first(copied);
    return first.isEmpty()
        ? Message.of(
            """
            Refused %s: neither its path nor a row states the billing month. Put it below a folder
            named YYYY-MM.
            """,
            address)
        : "Refused %s: no row that can be read states the billing month.%s"
            .formatted(address, first);
  }

  private void pin(Export export, List<InspectedFile> copied, Path temporary) {
    LocalDate period = export.period().orElseThrow();
    Path folder = PinnedPaths.period(config, source, period);
    String content = content(copied.stream().map(InspectedFile::file).toList());
    Optional<Receipt> same =
        Receipt.below(folder).stream()
            .filter(receipt -> receipt.contentId().equals(content))
            .filter(receipt -> receipt.deliveryId().startsWith(id(export, content)))
            .findFirst();
    try {
      if (same.isPresent()) {
        same.get().found(fingerprint(export)).write(folder.resolve(same.get().deliveryId()));
        PinnedPaths.remove(temporary);
        record(same.get(), folder);
        return;
      }
      String id = id(export, content);
      if (Files.exists(folder.resolve(id))) {
        id = id + "-" + content.substring(0, SUFFIX_DIGITS);
      }
      Duplicates.Result found =
          Duplicates.of(config.limits(source.id()), source.sourceKind(), relation(), copied);
      Receipt receipt = receipt(export, period, id, content, found, folder);
      Optional<String> refusal =
          new DeliveryCheck(config.limits(), export, found).refusal(period, current(period));
      if (refusal.isPresent()) {
        rejects.addAll(receipt.rejects());
        refuse(export, id, refusal.get());
        PinnedPaths.remove(temporary);
        return;
      }
      removeCopies(copied, receipt);
      receipt.write(temporary);
      AtomicFile.move(temporary, folder.resolve(id));
      FailPoint.reached(FailPoints.LAND_AFTER_PIN);
      record(receipt, folder);
    } catch (IOException e) {
      throw PinnedPaths.unwritable(folder, e);
    }
  }

  /** A digest of the listing and the mapping; if either changes, the delivery is a new one. */
  private String fingerprint(Export export) {
    return config
        .mapping(source.id())
        .map(mapping -> Sha256.hex(export.fingerprint() + mapping.text().digest()))
        .orElseGet(export::fingerprint);
  }

  /**
   * Returns an id computed from the content of the files and from their mapping, and also from
   * their names if the names show the dataset of a file.
   */
  private String content(List<DeliveredFile> files) {
    Optional<UserMapping> mapping = config.mapping(source.id());
    if (mapping.isPresent()) {
      return FileDigest.contentId(files, mapping.get().text().digest());
    }
    return source.sourceKind().hasDatasets()
        ? FileDigest.namedContentId(files)
        : FileDigest.contentId(files);
  }

  private Optional<Relation> relation() {
    return source.sourceKind().isTelemetry()
        ? Optional.empty()
        : Optional.of(Relations.of(config, source));
  }

  private static void removeCopies(List<InspectedFile> copied, Receipt receipt) throws IOException {
    Set<String> kept =
        receipt.files().stream().map(DeliveredFile::path).collect(Collectors.toSet());
    for (InspectedFile file : copied) {
      if (!kept.contains(file.file().path())) {
        Files.delete(file.bytes());
      }
    }
  }

  private static String id(Export export, String content) {
    return export.id().map(PinnedPaths::safe).orElse(content);
  }

  private Receipt receipt(
      Export export,
      LocalDate period,
      String id,
      String content,
      Duplicates.Result found,
      Path folder) {
    List<DeliveredFile> files = found.files().stream().map(InspectedFile::file).toList();
    Path root = Folders.above(PinnedPaths.root(config));
    List<Reject> bad = new ArrayList<>();
    for (InspectedFile file : found.files()) {
      String shown = root.relativize(folder.resolve(id).resolve(file.file().path())).toString();
      for (FileSummary.RejectedRow row : file.notCounted()) {
        bad.add(new Reject(source.id(), id, shown, row.row(), row.reason(), row.raw()));
      }
    }
    return new Receipt(
        source.id(),
        source.kind(),
        period.toString(),
        id,
        fingerprint(export),
        content,
        now.toString(),
        files,
        bad,
        found.allNotices().toList(),
        config.mapping(source.id()).map(UserMapping::text).orElse(null),
        readBy);
  }

  private void refuse(Export export, String id, String message) {
    LocalDate period = export.period().orElse(Delivery.ALL_PERIODS);
    refused.add(new LandResult.Refusal(source.id(), source.kind(), period, id, message));
    current(period).ifPresent(unchanged::add);
  }
}
