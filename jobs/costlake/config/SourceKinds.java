package costlake.config;

import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.core.Plural;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The kinds of sources that Costlake knows: the folders below {@code sources}. */
public final class SourceKinds {
  /** Read once; the class path does not change. */
  private static final class Embedded {
    static final SortedMap<String, String> FILES = SourceFiles.embedded();
    static final List<SourceKind> KINDS = read(FILES);
  }

  private SourceKinds() {}

  /** All kinds, by id. */
  public static List<SourceKind> all() {
    return Embedded.KINDS;
  }

  /** The files that describe them, by path. */
  public static SortedMap<String, String> files() {
    return Embedded.FILES;
  }

  /** Those of one family. */
  public static Stream<SourceKind> of(SourceKind.Family family) {
    return all().stream().filter(kind -> kind.family() == family);
  }

  /**
   * The kind of that id.
   *
   * @throws Failure with exit code 2 that gives the nearest id if there is none
   */
  public static SourceKind of(String id) {
    return find(id)
        .orElseThrow(() -> Failure.operator("Cannot find the kind of source %s", unknown(id)));
  }

  static Optional<SourceKind> find(String id) {
    return all().stream().filter(kind -> kind.id().equals(id)).findFirst();
  }

  static String unknown(String id) {
    List<String> ids = all().stream().map(SourceKind::id).toList();
    return "'%s'.%s Allowed: %s".formatted(id, Nearest.hint(id, ids), String.join(", ", ids));
  }

  /**
   * The kinds that a run plans: those of these ids, and all that are no bills. If there is no bill
   * among them, all bills.
   */
  public static List<SourceKind> active(Collection<String> ids) {
    boolean billed = all().stream().anyMatch(kind -> kind.isBill() && ids.contains(kind.id()));
    return all().stream()
        .filter(kind -> !kind.isBill() || !billed || ids.contains(kind.id()))
        .toList();
  }

  /** The text of a list below {@code reference} of a kind, e.g. of {@code aws_units}. */
  public static Optional<String> reference(String list) {
    return all().stream()
        .map(kind -> files().get(kind.folder() + "reference/" + list + ".csv"))
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  /**
   * The kinds that these files describe.
   *
   * @param files texts by path, as of {@link SourceFiles}
   * @throws Failure with exit code 2 that lists every problem with file, line and the nearest valid
   *     name
   */
  public static List<SourceKind> read(Map<String, String> files) {
    Problems problems = new Problems();
    List<SourceKind> kinds = new SourceKindReader(files, problems).kinds();
    if (!problems.found().isEmpty()) {
      throw Failure.operator(
          "Cannot read the kinds of sources, %s:\n  %s",
          Plural.of(problems.found().size(), "problem", "problems"),
          String.join("\n  ", problems.found()));
    }
    return kinds;
  }
}
