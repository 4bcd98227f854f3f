package costlake.config;

import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.core.Plural;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of sources: each is a folder below {@code sources}. */
public final class SourceKinds {
  private record Embedded(SortedMap<String, String> files, List<SourceKind> kinds) {}

  private static final AtomicReference<@Nullable Embedded> EMBEDDED = new AtomicReference<>();

  private SourceKinds() {}

  /** Reads the kinds of the program and of the user once: a process has one configuration. */
  private static synchronized Embedded embedded() {
    Embedded known = EMBEDDED.get();
    if (known == null) {
      SortedMap<String, String> files = SourceFiles.embedded();
      known = new Embedded(files, read(files));
      EMBEDDED.set(known);
    }
    return known;
  }

  /** Returns all kinds in the order of their ids. */
  public static List<SourceKind> all() {
    return embedded().kinds();
  }

  /** Returns the texts of the files of all kinds, by path. */
  public static SortedMap<String, String> files() {
    return embedded().files();
  }

  /** Returns the ids of the kinds whose sources may state a zone. */
  static List<String> withLocalTimes() {
    return all().stream().filter(SourceKind::localTimes).map(SourceKind::id).toList();
  }

  /** Returns the kinds of one family. */
  public static Stream<SourceKind> of(SourceKind.Family family) {
    return all().stream().filter(kind -> kind.family() == family);
  }

  /**
   * Returns the kind with this id.
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
   * Returns the kinds whose models a run plans: the kinds of bills and records with these ids, and
   * all kinds of other families. If none of the ids is a kind of bill, returns all kinds of bills,
   * because their union needs at least one member.
   */
  public static List<SourceKind> active(Collection<String> ids) {
    boolean billed = all().stream().anyMatch(kind -> kind.isBill() && ids.contains(kind.id()));
    return all().stream()
        .filter(kind -> !kind.isDated() || ids.contains(kind.id()) || (kind.isBill() && !billed))
        .toList();
  }

  /** Returns the files of a reference list of all kinds, e.g. {@code aws_units}, by path. */
  static SortedMap<String, String> reference(String list) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (SourceKind kind : all()) {
      String path = kind.folder() + "reference/" + list + ".csv";
      Optional.ofNullable(files().get(path)).ifPresent(text -> texts.put(path, text));
    }
    return texts;
  }

  /**
   * Reads the kinds that these files describe.
   *
   * @param files texts by path, as {@link SourceFiles} returns them
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
