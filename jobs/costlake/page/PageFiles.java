package costlake.page;

import costlake.core.Failure;
import costlake.core.OwnFiles;
import costlake.core.TextFiles;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts of the files of pages, by path. The path of a file of the program is relative to {@link
 * PageFile#FOLDER}; that of a file of the configuration folder is absolute.
 */
public final class PageFiles {
  private static final List<String> ENDINGS = List.of(PageFile.ENDING);

  private static final Comparator<String> PROGRAM_FIRST =
      Comparator.comparing(PageFiles::isOwn).thenComparing(Comparator.naturalOrder());

  private PageFiles() {}

  /**
   * Reads the files of the program, and then those of the configuration folder.
   *
   * @throws Failure with exit code 2 if the configuration folder has a file with the name of one of
   *     the program
   */
  public static SortedMap<String, String> embedded() {
    SortedMap<String, String> texts = new TreeMap<>(PROGRAM_FIRST);
    texts.putAll(ofProgram());
    OwnFiles.folder(PageFile.FOLDER).ifPresent(own -> addOwn(own, texts));
    return texts;
  }

  private static void addOwn(Path folder, SortedMap<String, String> texts) {
    TextFiles.of(folder, ENDINGS)
        .forEach(
            (name, text) -> {
              Path file = folder.resolve(name).toAbsolutePath();
              if (texts.containsKey(name)) {
                throw Failure.operator(
                    "Cannot read the page %s: Costlake has a page of this name. Rename the file",
                    file);
              }
              texts.put(file.toString(), text);
            });
  }

  /** Reads the files of the program. */
  public static SortedMap<String, String> ofProgram() {
    return TextFiles.of(
        Objects.requireNonNull(PageFiles.class.getResource("/" + PageFile.FOLDER), PageFile.FOLDER),
        ENDINGS);
  }

  /** Reads the files of a working copy. */
  public static SortedMap<String, String> below(Path root) {
    return TextFiles.of(root.resolve(PageFile.FOLDER), ENDINGS);
  }

  /** Whether the file with this path is in the configuration folder. */
  public static boolean isOwn(String path) {
    return Path.of(path).isAbsolute();
  }
}
