package costlake.land;

import costlake.config.Limits.DuplicateRows;
import costlake.core.Message;
import costlake.land.read.FileSummary.RejectedRow;
import costlake.land.read.RepeatReading;
import costlake.land.read.RowKeys;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows that the files of a delivery contain more than once, and decides whether they count.
 * ADR 32 gives the reasons.
 */
final class RepeatedRows {
  /**
   * Maximum number of rows that are compared. If there are more rows, they are not compared,
   * because their hashes would fill the memory.
   */
  static final long ROWS_MAX = 40_000_000;

  private static final int LEFT_OUT_MAX = 10_000;
  private static final int SHOWN = 3;
  private static final String COUNTED_ONCE = "; the first of equal rows counts";
  private static final String KEPT =
      ", and all count: rows that differ in another column or have no identity may be separate"
          + " charges";

  private final RowRules rules;
  private final List<InspectedFile> files;
  private final List<String> notices = new ArrayList<>();
  private final Map<String, List<RejectedRow>> leftOut = new HashMap<>();
  private @Nullable String refusal;

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

    RejectedRow leftOut() {
      return new RejectedRow(
          found.row().row(),
          "repeats %s in every column, which counts".formatted(before.place()),
          found.row().raw());
    }
  }

  private record Found(InspectedFile file, RepeatReading.Suspect row) {
    String place() {
      return file.place(row.row());
    }
  }

  private RepeatedRows(RowRules rules, List<InspectedFile> files) {
    this.rules = rules;
    this.files = files;
  }

  /** Compares the rows of files of which no two are the same. */
  static RepeatedRows of(RowRules rules, List<InspectedFile> files) {
    RepeatedRows rows = new RepeatedRows(rules, files);
    rows.compare();
    return rows;
  }

  /** Returns a result with what was found here. */
  Duplicates.Result applied(Duplicates.Result result) {
    return new Duplicates.Result(
        result.files().stream().map(this::withoutRepeats).toList(),
        Stream.concat(result.notices().stream(), notices.stream()).toList(),
        Optional.ofNullable(refusal));
  }

  private InspectedFile withoutRepeats(InspectedFile file) {
    return Optional.ofNullable(leftOut.get(path(file))).map(file::without).orElse(file);
  }

  private void compare() {
    List<RowKeys> keys = files.stream().map(file -> file.facts().keys()).toList();
    if (keys.stream().anyMatch(RowKeys::dropped)) {
      notices.add(
          "it was not checked for repeated rows, because more than "
              + ROWS_MAX
              + " rows were read");
      return;
    }
    RowKeys.Repeated repeated = RowKeys.repeated(keys);
    if (repeated.rows() > 0) {
      decide(repeated);
    }
  }

  private void decide(RowKeys.Repeated repeated) {
    boolean byIdentity = rules.rule() == DuplicateRows.BY_IDENTITY;
    boolean each = rules.rule() == DuplicateRows.ONCE || (byIdentity && !identity().isEmpty());
    if (each && repeated.rows() <= LEFT_OUT_MAX) {
      leaveOut(repeats(reading(repeated, LEFT_OUT_MAX)));
      return;
    }
    RepeatReading reading = reading(repeated, SHOWN);
    String same = repeating(repeats(reading), repeated.rows(), reading.cost());
    if (each) {
      refusal = same + ". These are too many to leave out: deliver it again without them.";
    } else if (byIdentity) {
      keepBelowLimit(shared(repeated), same);
    } else if (rules.rule() == DuplicateRows.REFUSE) {
      refusal = same + ". Deliver it again without them, or set duplicate_rows.";
    } else {
      notices.add(same + ", and all count (duplicate_rows: keep)");
    }
  }

  private RepeatReading reading(RowKeys.Repeated repeated, int keysMax) {
    return new RepeatReading(repeated, keysMax, rules.relation(), rules.limits().recordBytesMax());
  }

  private List<Repeat> repeats(RepeatReading reading) {
    Map<List<Long>, Found> first = new HashMap<>();
    Map<List<Long>, Found> whole = new HashMap<>();
    List<Repeat> repeats = new ArrayList<>();
    for (InspectedFile file : files) {
      for (RepeatReading.Suspect suspect : reading.next(file.bytes())) {
        Found found = new Found(file, suspect);
        Found before = first.putIfAbsent(suspect.key(), found);
        Found same = whole.putIfAbsent(suspect.whole(), found);
        if (before != null) {
          repeats.add(new Repeat(found, same == null ? before : same, same != null));
        }
      }
    }
    return repeats;
  }

  /**
   * Leaves out rows that equal an earlier row in every column; by identity, only if they have one.
   * A row that only has the identity of an earlier row is a separate charge and counts.
   */
  private void leaveOut(List<Repeat> repeats) {
    List<Repeat> unclear = repeats.stream().filter(r -> !r.whole() && !r.isComparable()).toList();
    if (!unclear.isEmpty()) {
      refusal =
          repeating(unclear)
              + ", but their files differ in format or columns, so they cannot be compared. Remove"
              + " one of the files, or deliver them in one format.";
      return;
    }
    Map<Boolean, List<Repeat>> byFate =
        repeats.stream().collect(Collectors.partitioningBy(this::isLeftOut));
    List<Repeat> out = byFate.getOrDefault(true, List.of());
    List<Repeat> kept = byFate.getOrDefault(false, List.of());
    if (!out.isEmpty()) {
      out.forEach(this::leaveOut);
      notices.add(repeating(out) + COUNTED_ONCE);
    }
    if (rules.rule() == DuplicateRows.BY_IDENTITY && !kept.isEmpty()) {
      keepBelowLimit(shared(kept), repeating(kept));
    } else if (!kept.isEmpty()) {
      notices.add(repeating(kept) + KEPT);
    }
  }

  private boolean isLeftOut(Repeat repeat) {
    return repeat.whole()
        && (rules.rule() == DuplicateRows.ONCE || repeat.found().row().identified());
  }

  private void leaveOut(Repeat repeat) {
    leftOut
        .computeIfAbsent(path(repeat.found().file()), any -> new ArrayList<>())
        .add(repeat.leftOut());
  }

  /**
   * Counts the rows that repeat another row, unless so large a part of a file is also in other
   * files that it was probably delivered twice.
   */
  private void keepBelowLimit(Map<String, Long> shared, String same) {
    BigDecimal limit = rules.limits().repeatedRowsRatioMax();
    files.stream()
        .filter(
            file ->
                UnreadableShare.exceeds(shared.getOrDefault(path(file), 0L), counted(file), limit))
        .min(Comparator.comparing(file -> counted(file) - shared.getOrDefault(path(file), 0L)))
        .ifPresentOrElse(
            file -> refusal = same + ". " + alike(file, shared.getOrDefault(path(file), 0L)),
            () -> notices.add(same + KEPT));
  }

  private String alike(InspectedFile file, long shared) {
    return Message.of(
        """
        %d of the %d rows of %s are also in other files, more than limits.repeated_rows_ratio_max
        %s. Remove the file that repeats another one. If they are separate charges, set
        duplicate_rows: keep for the source, or limits.duplicate_rows for all.
        """,
        shared, counted(file), file.file().path(), rules.limits().repeatedRowsRatioMax());
  }

  private static long counted(InspectedFile file) {
    return file.file().rows() - file.file().rejected();
  }

  private static String path(InspectedFile file) {
    return file.file().path();
  }

  /** Returns, by path, the number of rows of each file that another file contains too. */
  private Map<String, Long> shared(RowKeys.Repeated repeated) {
    Map<String, Long> shared = new HashMap<>();
    files.forEach(file -> shared.put(path(file), repeated.shared(file.facts().keys())));
    return shared;
  }

  private static Map<String, Long> shared(List<Repeat> repeats) {
    Map<String, Set<Long>> rows = new HashMap<>();
    repeats.stream()
        .filter(repeat -> !path(repeat.found().file()).equals(path(repeat.before().file())))
        .flatMap(repeat -> Stream.of(repeat.found(), repeat.before()))
        .forEach(
            found ->
                rows.computeIfAbsent(path(found.file()), any -> new HashSet<>())
                    .add(found.row().row()));
    Map<String, Long> shared = new HashMap<>();
    rows.forEach((file, some) -> shared.put(file, (long) some.size()));
    return shared;
  }

  private String repeating(List<Repeat> repeats) {
    return repeating(
        repeats,
        repeats.size(),
        repeats.stream()
            .map(repeat -> repeat.found().row().cost())
            .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private String repeating(List<Repeat> repeats, long rows, BigDecimal cost) {
    String sameness =
        repeats.stream().allMatch(Repeat::whole) ? "every column" : String.join(", ", identity());
    return "%d of its rows%s %s an earlier row (in %s): %s"
        .formatted(
            rows,
            rules.hasCost()
                ? ", with a cost of %s,".formatted(cost.stripTrailingZeros().toPlainString())
                : "",
            rows == 1 ? "repeats" : "repeat",
            sameness,
            Duplicates.listed(repeats.stream().map(Repeat::shown).toList(), rows));
  }

  private List<String> identity() {
    return rules.relation().identity(files.get(0).facts().columns());
  }
}
