package costlake.land;

import static java.util.stream.Collectors.toList;

import costlake.compress.Compression;
import costlake.config.Limits;
import costlake.config.SourceKind;
import costlake.core.FileErrors;
import costlake.land.read.Relation;
import costlake.land.read.RowKeys;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds files and rows that a delivery contains more than once, and treats them as configured. The
 * first reading of a file computes a checksum of its content and a hash of each row. Files are read
 * again only if some of these checksums or hashes are equal.
 */
final class Duplicates {
  /**
   * Maximum number of rows that are compared. If there are more rows, they are not compared,
   * because their hashes would fill the memory.
   */
  static final long ROWS_MAX = 40_000_000;

  private static final int REPEATED_MAX = 10_000;
  private static final int SHOWN = 3;

  private final Limits limits;
  private final Optional<Relation> relation;
  private final List<InspectedFile> distinct = new ArrayList<>();
  private final Set<InspectedFile> copies = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> pairs = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final IdentityHashMap<InspectedFile, List<Long>> leftOut = new IdentityHashMap<>();
  private @Nullable String refusal;

  /**
   * The part of a delivery that counts.
   *
   * @param files the files that count
   * @param notices messages to the operator
   * @param refusal the reason if the delivery is refused, or empty
   */
  record Result(List<InspectedFile> files, List<String> notices, Optional<String> refusal) {
    Result {
      files = List.copyOf(files);
      notices = List.copyOf(notices);
    }

    /** Returns the messages, and those about rows that are left out or rounded. */
    Stream<String> allNotices() {
      return Stream.of(notices.stream(), SkippedRows.notices(files), RoundedCosts.notices(files))
          .flatMap(messages -> messages);
    }

    Result and(Result other) {
      return new Result(
          Stream.concat(files.stream(), other.files.stream()).toList(),
          Stream.concat(notices.stream(), other.notices.stream()).toList(),
          refusal.or(other::refusal));
    }
  }

  /**
   * A row that has the identity of an earlier row.
   *
   * @param before the earlier row
   * @param whole whether the rows are equal in every column
   */
  private record Repeat(Found found, Found before, boolean whole) {
    String shown() {
      return found.place() + " as " + before.place();
    }

    /** Whether the files of both rows have the same format and columns. */
    boolean isComparable() {
      return found.file().isLike(before.file());
    }
  }

  private record Found(InspectedFile file, long row) {
    String place() {
      return file.place(row);
    }
  }

  private Duplicates(Limits limits, Optional<Relation> relation) {
    this.limits = limits;
    this.relation = relation;
  }

  /**
   * Finds repeated files and rows in one delivery. If the kind may deliver a charge twice, e.g. in
   * actual and in amortised costs, only files of the same dataset are compared.
   *
   * @param relation relation of the rows; empty if the files have no rows
   */
  static Result of(
      Limits limits, SourceKind kind, Optional<Relation> relation, List<InspectedFile> files) {
    if (!kind.hasDatasets()) {
      return of(limits, relation, files);
    }
    return files.stream()
        .collect(Collectors.groupingBy(InspectedFile::dataset, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .map(dataset -> of(limits, relation, dataset))
        .reduce(Result::and)
        .orElseGet(() -> of(limits, relation, files));
  }

  private static Result of(Limits limits, Optional<Relation> relation, List<InspectedFile> files) {
    Duplicates duplicates = new Duplicates(limits, relation);
    duplicates.compareFiles(files);
    if (relation.isPresent() && duplicates.refusal == null) {
      duplicates.compareRows();
    }
    return duplicates.result(files);
  }

  private Result result(List<InspectedFile> files) {
    List<InspectedFile> taken = new ArrayList<>();
    for (InspectedFile file : files) {
      if (!copies.contains(file) || limits.duplicateFiles() == Limits.Duplicates.KEEP) {
        taken.add(leftOut.containsKey(file) ? file.without(leftOut.get(file)) : file);
      }
    }
    return new Result(taken, notices, Optional.ofNullable(refusal));
  }

  private void compareFiles(List<InspectedFile> files) {
    Map<String, InspectedFile> seen = new HashMap<>();
    for (InspectedFile file : files) {
      InspectedFile before = seen.putIfAbsent(file.content(), file);
      if (before != null && before.file().rows() > 0 && sameContent(before, file)) {
        copies.add(file);
        pairs.add(before.file().path() + " and " + file.file().path());
      } else {
        distinct.add(file);
      }
    }
    if (!pairs.isEmpty()) {
      checkFiles();
    }
  }

  private void checkFiles() {
    String same = "its files " + listed(pairs, pairs.size()) + " are the same";
    switch (limits.duplicateFiles()) {
      case REFUSE ->
          refusal =
              same
                  + " once decompressed, so every row would count twice. Remove one of them."
                  + " Under limits.duplicate_files: once, the first would count.";
      case ONCE -> notices.add(same + "; the first counts (limits.duplicate_files: once)");
      case KEEP -> notices.add(same + ", and both count (limits.duplicate_files: keep)");
    }
  }

  private static boolean sameContent(InspectedFile one, InspectedFile other) {
    if (one.file().sha256().equals(other.file().sha256())) {
      return true;
    }
    try (InputStream first = content(one);
        InputStream second = content(other)) {
      int read = first.read();
      while (read >= 0 && read == second.read()) {
        read = first.read();
      }
      return read < 0 && second.read() < 0;
    } catch (IOException e) {
      throw FileErrors.of(other.bytes(), e);
    }
  }

  private static InputStream content(InspectedFile file) throws IOException {
    return new BufferedInputStream(
        Compression.content(file.file().path(), Files.newInputStream(file.bytes())), 1 << 16);
  }

  private void compareRows() {
    List<RowKeys> keys = distinct.stream().map(file -> file.facts().keys()).toList();
    if (keys.stream().anyMatch(RowKeys::dropped)) {
      notices.add(
          "it was not checked for repeated rows, because more than "
              + ROWS_MAX
              + " rows were read");
      return;
    }
    boolean once = limits.duplicateRows() == Limits.Duplicates.ONCE;
    RowKeys.Repeated repeated = RowKeys.repeated(keys, once ? REPEATED_MAX : SHOWN);
    if (repeated.rows() > 0) {
      checkRows(repeated, once && repeated.rows() <= REPEATED_MAX);
    }
  }

  private void checkRows(RowKeys.Repeated repeated, boolean leave) {
    List<Repeat> repeats = repeats(repeated.keys());
    if (leave) {
      leaveOut(repeats);
      return;
    }
    String same = repeating(repeats, repeated.rows(), sameness());
    if (limits.duplicateRows() == Limits.Duplicates.KEEP) {
      notices.add(same + ", and all count (limits.duplicate_rows: keep)");
    } else {
      refusal =
          same
              + (limits.duplicateRows() == Limits.Duplicates.ONCE
                  ? ". These are too many to leave out: deliver it again without them."
                  : ". Deliver it again without them, or set limits.duplicate_rows.");
    }
  }

  /**
   * Leaves out rows that equal an earlier row in every column. A row that only has the identity of
   * an earlier row is a separate charge and counts.
   */
  private void leaveOut(List<Repeat> repeats) {
    List<Repeat> unclear = repeats.stream().filter(r -> !r.whole() && !r.isComparable()).toList();
    if (!unclear.isEmpty()) {
      refusal =
          repeating(unclear, unclear.size(), sameness())
              + ", but their files differ in format or columns, so they cannot be compared. Remove"
              + " one of the files, or deliver them in one format.";
      return;
    }
    Map<Boolean, List<Repeat>> byWhole =
        repeats.stream().collect(Collectors.partitioningBy(Repeat::whole));
    List<Repeat> same = byWhole.getOrDefault(true, List.of());
    List<Repeat> other = byWhole.getOrDefault(false, List.of());
    same.forEach(
        repeat ->
            leftOut
                .computeIfAbsent(repeat.found().file(), any -> new ArrayList<>())
                .add(repeat.found().row()));
    if (!same.isEmpty()) {
      notices.add(
          repeating(same, same.size(), "in every column")
              + "; the first counts (limits.duplicate_rows: once)");
    }
    if (!other.isEmpty()) {
      notices.add(
          repeating(other, other.size(), sameness())
              + " and %s in other columns, so all count".formatted(differ(other.size())));
    }
  }

  private static String differ(int rows) {
    return rows == 1 ? "differs" : "differ";
  }

  private static String repeating(List<Repeat> repeats, long rows, String sameness) {
    return "%d of its rows %s an earlier row (%s): %s"
        .formatted(
            rows,
            rows == 1 ? "repeats" : "repeat",
            sameness,
            listed(repeats.stream().map(Repeat::shown).toList(), rows));
  }

  private String sameness() {
    List<String> columns = relation.orElseThrow().identity(distinct.get(0).facts().columns());
    return columns.isEmpty() ? "in every column" : "in " + String.join(", ", columns);
  }

  private List<Repeat> repeats(List<Long> keys) {
    Map<List<Long>, Found> first = new HashMap<>();
    Map<List<Long>, Found> whole = new HashMap<>();
    List<Repeat> repeats = new ArrayList<>();
    for (InspectedFile file : distinct) {
      for (RowKeys.Suspect suspect :
          RowKeys.suspects(file.bytes(), relation.orElseThrow(), limits.recordBytesMax(), keys)) {
        Found found = new Found(file, suspect.row());
        Found before = first.putIfAbsent(suspect.key(), found);
        Found same = whole.putIfAbsent(suspect.whole(), found);
        if (before != null) {
          repeats.add(new Repeat(found, same == null ? before : same, same != null));
        }
      }
    }
    return repeats;
  }

  private static String listed(List<String> some, long all) {
    String shown = some.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return all > SHOWN ? shown + " and " + (all - SHOWN) + " more" : shown;
  }
}
