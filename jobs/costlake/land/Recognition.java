package costlake.land;

import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.land.read.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Recognises the bills below a path by the headers of their files, and finds the folders that can
 * be the location of a source. A folder is one source if all its tables are of one kind.
 */
public final class Recognition {
  private final List<Bill> bills = new ArrayList<>();
  private final List<Other> others = new ArrayList<>();

  private Recognition() {}

  /**
   * A folder or file that can be the location of one source.
   *
   * @param files the files that a night reads
   */
  public record Bill(Path location, SourceKind kind, List<Path> files) {
    public Bill {
      files = List.copyOf(files);
    }
  }

  /** A table that is not a bill, with the reason. */
  public record Other(Path file, String why) {}

  /** The bills and all other tables below a path. */
  public record Result(List<Bill> bills, List<Other> others) {
    public Result {
      bills = List.copyOf(bills);
      others = List.copyOf(others);
    }
  }

  private record Table(Path file, Path below, Optional<SourceKind> kind, String why) {
    Table in(Path folder) {
      return new Table(file, folder.relativize(file), kind, why);
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
    if (storage.isFile()) {
      recognition.single(table(path, path));
    } else {
      List<Table> tables = new ArrayList<>();
      Predicate<String> bill = key -> NamedFiles.isLikelyBill(path, key);
      for (String key : Landing.keys(path, storage, bill)) {
        if (bill.test(key)) {
          tables.add(table(path, path.resolve(key)));
        }
      }
      recognition.split(path, tables);
    }
    return new Result(recognition.bills, recognition.others);
  }

  private static Table table(Path folder, Path file) {
    Path below = folder.equals(file) ? file.getFileName() : folder.relativize(file);
    try {
      List<String> header = NamedFiles.header(file);
      Optional<SourceKind> kind = Relations.recognise(file.toString(), header);
      kind.ifPresent(one -> Relations.of(one).mapping(file.toString(), header));
      String why =
          kind.isPresent() ? "" : Relations.notRecognised(file.toString(), header).getMessage();
      return new Table(file, below, kind, why);
    } catch (Failure failure) {
      return new Table(file, below, Optional.empty(), failure.getMessage());
    }
  }

  private void single(Table table) {
    table
        .kind()
        .ifPresentOrElse(
            kind -> bills.add(new Bill(table.file(), kind, List.of(table.file()))),
            () -> others.add(new Other(table.file(), table.why())));
  }

  /**
   * Records the folder as one bill if possible; otherwise checks each of its files and subfolders.
   */
  private void split(Path folder, List<Table> tables) {
    Optional<Bill> whole = whole(folder, tables);
    if (whole.isPresent()) {
      bills.add(whole.get());
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
   * Returns the folder as one bill; empty if the folder has tables of several kinds, or tables that
   * a source of this kind does not read.
   */
  private static Optional<Bill> whole(Path folder, List<Table> tables) {
    Optional<SourceKind> kind = tables.get(0).kind();
    if (kind.isEmpty() || !tables.stream().allMatch(table -> table.kind().equals(kind))) {
      return Optional.empty();
    }
    List<Path> files = read(folder, kind.get());
    boolean leavesOut =
        tables.stream().anyMatch(table -> table.isDirect() && !files.contains(table.file()));
    return leavesOut ? Optional.empty() : Optional.of(new Bill(folder, kind.get(), files));
  }

  /**
   * Finds the files of a folder that a night reads. If there are manifests, these are only the
   * files that the manifests list.
   */
  private static List<Path> read(Path folder, SourceKind kind) {
    Source source =
        new Source(
            "bill",
            kind.id(),
            folder.toString(),
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            false,
            null);
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
