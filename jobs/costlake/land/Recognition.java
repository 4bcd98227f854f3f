package costlake.land;

import costlake.config.ReferenceLists;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Message;
import costlake.land.read.Formats;
import costlake.land.read.Storage;
import costlake.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Recognises bills, records, telemetry and reference lists below a path by the headers and names of
 * their files, and finds the folders that can be the location of a source. A folder is one source
 * if all its tables are of one kind.
 */
public final class Recognition {
  private static final String CSV = ".csv";

  private final List<Found> found = new ArrayList<>();
  private final List<Other> others = new ArrayList<>();
  private final List<Path> lists = new ArrayList<>();

  private Recognition() {}

  /**
   * A folder or file that can be the location of one source.
   *
   * @param files the files that a night reads
   * @param columns for files whose columns have names of their own, the proposed columns: the
   *     delivered name of each; empty if the kind knows the names
   */
  public record Found(
      Path location, SourceKind kind, List<Path> files, Map<String, String> columns) {
    public Found {
      files = List.copyOf(files);
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** Files whose columns have names that their kind knows. */
    Found(Path location, SourceKind kind, List<Path> files) {
      this(location, kind, files, Map.of());
    }

    /** Whether the kind is only proposed, because the names of the columns resemble its own. */
    public boolean isProposed() {
      return !columns.isEmpty();
    }
  }

  /** A table that no source can read, with the reason. */
  public record Other(Path file, String why) {}

  /**
   * What lies below a path.
   *
   * @param lists tables with the name and the columns of a reference list, e.g. nodes.csv
   */
  public record Result(List<Found> found, List<Other> others, List<Path> lists) {
    public Result {
      found = List.copyOf(found);
      others = List.copyOf(others);
      lists = List.copyOf(lists);
    }

    public List<Found> bills() {
      return found.stream().filter(one -> one.kind().isBill()).toList();
    }
  }

  private record Table(
      Path file, Path below, Optional<FoundKind> found, boolean isList, String why) {
    Table in(Path folder) {
      return new Table(file, folder.relativize(file), found, isList, why);
    }

    boolean isDirect() {
      return below.getNameCount() == 1;
    }
  }

  /**
   * Reads the headers of all tables below a path.
   *
   * @throws Failure with exit code 2 if the path cannot be read or holds no table
   */
  public static Result of(Path path) {
    Recognition recognition = new Recognition();
    LocalStorage storage = LocalStorage.of(path, "Check the path.");
    if (!storage.isFile()) {
      recognition.below(path, storage);
    } else if (!recognition.store(path)) {
      recognition.single(table(path, path));
    }
    return new Result(recognition.found, recognition.others, recognition.lists);
  }

  /** Returns the sources at a path; none if the path holds nothing that can be recognised. */
  public static List<Found> ofAll(Path path) {
    try {
      return of(path).found();
    } catch (Failure failure) {
      return List.of();
    }
  }

  private void below(Path path, LocalStorage storage) {
    Predicate<String> wanted = key -> Stores.isPart(key) || isTable(path, key);
    List<String> keys = new ArrayList<>(Landing.keys(path, storage, wanted));
    Stores.below(path, keys).forEach(one -> found.add(one));
    keys.removeIf(
        key -> found.stream().anyMatch(one -> path.resolve(key).startsWith(one.location())));
    List<Table> tables =
        keys.stream()
            .filter(key -> isTable(path, key))
            .map(key -> table(path, path.resolve(key)))
            .toList();
    if (!tables.isEmpty()) {
      split(path, tables);
    }
  }

  private boolean store(Path file) {
    Optional<Found> one = Stores.file(file);
    one.ifPresent(found::add);
    return one.isPresent();
  }

  /** Whether a file may be a table of some kind; see {@link NamedFiles#isLikelyBill}. */
  private static boolean isTable(Path folder, String key) {
    return telemetry(key).isPresent()
        || NamedFiles.isLikelyBill(folder, key)
        || ((Formats.table(key) || Formats.isLog(key))
            && !Relations.find(folder.resolve(key)).isEmpty());
  }

  private static Optional<SourceKind> telemetry(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return SourceKinds.of(SourceKind.Family.TELEMETRY)
        .filter(kind -> Telemetry.isRead(kind, name))
        .findFirst();
  }

  private static Table table(Path folder, Path file) {
    Path below = folder.equals(file) ? file.getFileName() : folder.relativize(file);
    List<FoundKind> known =
        telemetry(file.toString())
            .map(kind -> List.of(new FoundKind(kind)))
            .orElseGet(() -> Relations.find(file));
    if (known.size() > 1) {
      return new Table(file, below, Optional.empty(), false, ambiguous(file, known));
    }
    if (!known.isEmpty()) {
      return new Table(file, below, Optional.of(known.get(0)), false, "");
    }
    try {
      List<String> header = NamedFiles.header(file);
      Optional<SourceKind> kind = Relations.recognise(file.toString(), header);
      kind.ifPresent(one -> Relations.of(one).mapping(file.toString(), header));
      String why =
          kind.isPresent() ? "" : Relations.notRecognised(file.toString(), header).getMessage();
      return new Table(file, below, kind.map(FoundKind::new), isList(file, header), why);
    } catch (Failure failure) {
      return new Table(file, below, Optional.empty(), false, failure.getMessage());
    }
  }

  private static String ambiguous(Path file, List<FoundKind> kinds) {
    List<String> ids = kinds.stream().map(one -> one.kind().id()).toList();
    return Message.of(
        """
        Cannot tell the kind of %s: it may be %s. Name it: costlake add-source %s %s
        """,
        file,
        kinds.stream().map(one -> one.kind().title()).collect(Collectors.joining(" or ")),
        String.join("|", ids),
        file);
  }

  /** Whether a table has the name and all columns of a reference list. */
  private static boolean isList(Path file, List<String> header) {
    String name = file.getFileName().toString();
    return name.endsWith(CSV)
        && ReferenceLists.columns(name.substring(0, name.length() - CSV.length()))
            .filter(columns -> !columns.isEmpty() && header.containsAll(columns))
            .isPresent();
  }

  private void single(Table table) {
    if (table.isList()) {
      lists.add(table.file());
    } else {
      table
          .found()
          .ifPresentOrElse(
              one ->
                  found.add(
                      new Found(table.file(), one.kind(), List.of(table.file()), one.columns())),
              () -> others.add(new Other(table.file(), table.why())));
    }
  }

  /**
   * Records the folder as one source if possible; otherwise checks each of its files and
   * subfolders.
   */
  private void split(Path folder, List<Table> tables) {
    Optional<Found> whole = whole(folder, tables);
    if (whole.isPresent()) {
      found.add(whole.get());
      return;
    }
    Map<Path, List<Table>> children = new LinkedHashMap<>();
    for (Table table : tables) {
      if (table.isDirect()) {
        single(table);
      } else {
        Path child = folder.resolve(table.below().getName(0));
        children.computeIfAbsent(child, any -> new ArrayList<>()).add(table.in(child));
      }
    }
    children.forEach(this::split);
  }

  /**
   * Returns the folder as one source; empty if the folder has tables of several kinds, or tables
   * that a source of this kind does not read.
   */
  private static Optional<Found> whole(Path folder, List<Table> tables) {
    Optional<FoundKind> found = tables.get(0).found();
    if (found.isEmpty() || !tables.stream().allMatch(table -> table.found().equals(found))) {
      return Optional.empty();
    }
    SourceKind kind = found.get().kind();
    List<Path> own = tables.stream().map(Table::file).toList();
    if (kind.isTelemetry()) {
      return Optional.of(new Found(folder, kind, own));
    }
    List<Path> files = read(folder, kind);
    boolean fits =
        kind.isBill()
            ? tables.stream().noneMatch(one -> one.isDirect() && !files.contains(one.file()))
            : Set.copyOf(files).equals(Set.copyOf(own));
    return fits
        ? Optional.of(new Found(folder, kind, files, found.get().columns()))
        : Optional.empty();
  }

  /**
   * Finds the files of a folder that a night reads. If there are manifests, these are only the
   * files that the manifests list.
   */
  private static List<Path> read(Path folder, SourceKind kind) {
    Source source = Source.ofFiles("bill", kind.id(), folder, null, Map.of(), null);
    LocalStorage storage = LocalStorage.of(folder, "Check the path.");
    try {
      List<Storage.Found> found = storage.list();
      return Export.of(source, storage, found, file -> Optional.empty()).stream()
          .flatMap(export -> export.files().stream())
          .map(file -> folder.resolve(file.key()))
          .toList();
    } catch (IOException e) {
      throw FileErrors.of(folder, e);
    }
  }
}
