package costlake.init;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.land.Recognition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adds a source to {@code sources.yml} of a configuration. Leaves all other lines as they are.
 *
 * @param id id of the source
 * @param file the changed file
 * @param lines lines that were added
 * @param isComplete whether the next night reads the source; otherwise its lines are comments
 */
public record AddedSource(String id, Path file, List<String> lines, boolean isComplete) {
  private static final String SOURCES = "sources.yml";
  private static final Pattern EMPTY = Pattern.compile("sources:\\s*\\[\\s*]\\s*(#.*)?");
  private static final Pattern LIST = Pattern.compile("sources:\\s*(#.*)?");
  private static final Pattern ITEM = Pattern.compile("(\\s*)- .*");
  private static final Pattern SERVER = Pattern.compile("(https?|postgresql(\\+\\w+)?)://.*");
  private static final Pattern REMOTE = Pattern.compile("[a-z][a-z0-9+.-]*://.*");

  public AddedSource {
    lines = List.copyOf(lines);
  }

  /**
   * Adds a source.
   *
   * @param place a file, a folder, the address of an object store or of a server
   * @param id id of the source; null for the name of the kind
   * @throws Failure with exit code 2 if the kind is not known, the place does not exist or holds
   *     another kind, or the file is not a list of sources
   */
  public static AddedSource to(Path conf, String kind, String place, @Nullable String id) {
    SourceKind known = SourceKinds.of(kind);
    List<Recognition.Found> found = found(place);
    refuseOtherKind(known, place, found);
    Ids ids = new Ids();
    Config.load(conf, null, Map.of()).everySource().stream().map(Source::id).forEach(ids::unique);
    SourceEntry entry = entry(conf, known, place, found, id == null ? ids.unique(kind) : id);
    Path file = conf.resolve(SOURCES);
    List<String> before = read(file);
    List<String> after = new ArrayList<>(before);
    List<String> added = insert(after, entry, file);
    write(file, after);
    try {
      Config.load(conf, null, Map.of());
    } catch (Failure failure) {
      write(file, before);
      throw failure;
    }
    return new AddedSource(entry.id(), file, added, entry.isComplete());
  }

  /** Returns what is at a local path. */
  private static List<Recognition.Found> found(String place) {
    if (REMOTE.matcher(place).matches()) {
      return List.of();
    }
    if (!Files.exists(Path.of(place))) {
      throw Failure.operator("Cannot add %s: it does not exist. Check the path.", place);
    }
    return Recognition.ofAll(Path.of(place));
  }

  private static void refuseOtherKind(SourceKind kind, String place, List<Recognition.Found> all) {
    if (kind.isMapped() || kind.isTable()) {
      return;
    }
    for (Recognition.Found found : all) {
      if (!found.isProposed() && !found.kind().equals(kind)) {
        throw Failure.operator(
            "Cannot add %s as %s: %s is %s. Run: costlake add-source %s %s",
            place, kind.id(), found.location(), found.kind().title(), found.kind().id(), place);
      }
    }
  }

  private static SourceEntry entry(
      Path conf, SourceKind kind, String place, List<Recognition.Found> found, String id) {
    if (SERVER.matcher(place).matches()) {
      return SourceEntry.at(id, kind, "url", place);
    }
    if (REMOTE.matcher(place).matches()) {
      return SourceEntry.at(id, kind, "location", place);
    }
    String location = ConfigurationPaths.of(conf).to(Path.of(place));
    return found.size() == 1 && found.get(0).kind().equals(kind)
        ? SourceEntry.found(id, found.get(0), location)
        : SourceEntry.at(id, kind, "location", location);
  }

  /** Inserts the entry after the last one of the list, and returns its lines. */
  private static List<String> insert(List<String> lines, SourceEntry entry, Path file) {
    for (int i = 0; i < lines.size(); i++) {
      if (EMPTY.matcher(lines.get(i)).matches() || LIST.matcher(lines.get(i)).matches()) {
        int last = lastItem(lines, i);
        List<String> added = entry.lines(indent(lines, i, last));
        if (entry.isComplete() || last > i) {
          lines.set(i, lines.get(i).replaceFirst("\\[\\s*]", "").stripTrailing());
        }
        lines.addAll(last + 1, added);
        return added;
      }
    }
    throw Failure.operator(
        """
        Cannot add a source to %s: it has no line 'sources:'. Write this line, and its entries below
        it.
        """,
        file);
  }

  /** Returns the last line of the list, without comments that follow it. */
  private static int lastItem(List<String> lines, int start) {
    int last = start;
    for (int i = start + 1; i < lines.size() && !lines.get(i).matches("[A-Za-z].*"); i++) {
      if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
        last = i;
      }
    }
    return last;
  }

  private static String indent(List<String> lines, int start, int last) {
    return lines.subList(start, last + 1).stream()
        .map(ITEM::matcher)
        .filter(Matcher::matches)
        .map(item -> item.group(1))
        .findFirst()
        .orElse("  ");
  }

  private static List<String> read(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of("sources: []");
    } catch (IOException e) {
      throw FileErrors.of(file, e);
    }
  }

  private static void write(Path file, List<String> lines) {
    try {
      AtomicFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot write %s: %s", file, FileErrors.why(e));
    }
  }
}
