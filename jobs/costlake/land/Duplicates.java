package costlake.land;

import static java.util.stream.Collectors.toList;

import costlake.compress.Compression;
import costlake.config.Limits;
import costlake.config.SourceKind;
import costlake.core.FileErrors;
import costlake.land.read.rows.Relation;
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
 * Finds files and {@linkplain RepeatedRows rows} that a delivery contains more than once, and
 * treats them as configured. The first reading of a file computes a checksum of its content and a
 * hash of each row. Files are read again only if some of these checksums or hashes are equal.
 */
final class Duplicates {
  private static final int SHOWN = 3;

  private final Limits limits;
  private final List<InspectedFile> distinct = new ArrayList<>();
  private final Set<InspectedFile> copies = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<String> pairs = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
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

    /** Returns the messages, and those about rows that are left out, rounded or read as UTC. */
    Stream<String> allNotices() {
      return Stream.of(
              notices.stream(),
              SkippedRows.notices(files),
              RoundedCosts.notices(files),
              ReadAsUtc.notices(files))
          .flatMap(messages -> messages);
    }

    Result and(Result other) {
      return new Result(
          Stream.concat(files.stream(), other.files.stream()).toList(),
          Stream.concat(notices.stream(), other.notices.stream()).toList(),
          refusal.or(other::refusal));
    }
  }

  private Duplicates(Limits limits) {
    this.limits = limits;
  }

  /**
   * Finds repeated files and rows in one delivery. If the kind may deliver a charge twice, e.g. in
   * actual and in amortised costs, only files of the same dataset are compared.
   *
   * @param relation relation of the rows; empty if the files have no rows
   */
  static Result of(
      Limits limits, SourceKind kind, Optional<Relation> relation, List<InspectedFile> files) {
    Optional<RowRules> rules = relation.map(rows -> RowRules.of(limits, kind, rows));
    if (!kind.hasDatasets()) {
      return of(limits, rules, files);
    }
    return files.stream()
        .collect(Collectors.groupingBy(InspectedFile::dataset, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .map(dataset -> of(limits, rules, dataset))
        .reduce(Result::and)
        .orElseGet(() -> of(limits, rules, files));
  }

  private static Result of(Limits limits, Optional<RowRules> rules, List<InspectedFile> files) {
    Duplicates duplicates = new Duplicates(limits);
    duplicates.compareFiles(files);
    Result whole = duplicates.result(files);
    return rules.isPresent() && whole.refusal().isEmpty()
        ? RepeatedRows.of(rules.get(), duplicates.distinct).applied(whole)
        : whole;
  }

  private Result result(List<InspectedFile> files) {
    List<InspectedFile> taken = new ArrayList<>();
    for (InspectedFile file : files) {
      if (!copies.contains(file) || limits.duplicateFiles() == Limits.Duplicates.KEEP) {
        taken.add(file);
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

  /** Returns the first of some texts, and the number of the others. */
  static String listed(List<String> some, long all) {
    String shown = some.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return all > SHOWN ? shown + " and " + (all - SHOWN) + " more" : shown;
  }
}
