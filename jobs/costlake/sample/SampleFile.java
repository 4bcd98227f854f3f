package costlake.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import costlake.config.YamlRecords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of {@code conf/sample}, which describe the company. */
final class SampleFile {
  static final String FOLDER = "conf/sample";

  private SampleFile() {}

  static <T extends Record> T read(String name, Class<T> type) {
    String path = FOLDER + "/" + name;
    List<String> mistakes = new ArrayList<>();
    return YamlRecords.read(text(path), path, type, mistakes)
        .orElseThrow(() -> new IllegalStateException(String.join("\n", mistakes)));
  }

  private static String text(String path) {
    try (InputStream in = SampleFile.class.getResourceAsStream("/" + path)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded " + path, e);
    }
  }
}
