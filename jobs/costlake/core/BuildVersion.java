package costlake.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Costlake, which the build writes into {@code build.properties}. */
public final class BuildVersion {
  private BuildVersion() {}

  /** Returns the version, e.g. {@code 0.1.0}. */
  public static String text() {
    Properties build = new Properties();
    try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the version of this build", e);
    }
    return build.getProperty("version");
  }
}
