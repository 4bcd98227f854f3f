package costlake.lake;

import costlake.core.AtomicFile;
import costlake.core.Folders;
import costlake.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** JSON files below the journal, each named by the checksum of its content. */
final class ChecksumFiles {
  private final Path folder;

  ChecksumFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes content to a file, unless an intact file already has this content. Returns the name of
   * the file.
   */
  String keep(Object content) {
    try {
      byte[] json = JournalFiles.JSON.writeValueAsBytes(content);
      String name = name(json);
      if (!isIntact(name)) {
        AtomicFile.write(file(name), json);
      }
      return name;
    } catch (IOException e) {
      throw WriteErrors.failure("write the journal", Folders.above(folder).toString(), e);
    }
  }

  /**
   * Reads the content of a file.
   *
   * @throws IOException if the file cannot be read or was changed
   */
  byte[] read(String name) throws IOException {
    byte[] content = Files.readAllBytes(file(name));
    if (!name.equals(name(content))) {
      throw new IOException("its content does not match the checksum in its name");
    }
    return content;
  }

  private boolean isIntact(String name) throws IOException {
    Path file = file(name);
    return Files.exists(file) && name.equals(name(Files.readAllBytes(file)));
  }

  private static String name(byte[] content) {
    return Sha256.hex(new String(content, StandardCharsets.UTF_8)) + ".json";
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Removes all files except those with these names. */
  void keepOnly(Set<String> names) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> !names.contains(f.getFileName().toString())).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
