package costlake.init;

import java.nio.file.Path;

/**
 * Converts paths to the form in which the configuration has them: relative to the configuration
 * folder if they are below the parent of this folder, otherwise absolute.
 */
record ConfigurationPaths(Path conf) {
  static ConfigurationPaths of(Path conf) {
    return new ConfigurationPaths(conf.toAbsolutePath().normalize());
  }

  String to(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path parent = conf.getParent();
    boolean isBeside = parent != null && parent.getNameCount() > 0 && absolute.startsWith(parent);
    return (isBeside ? conf.relativize(absolute) : absolute).toString();
  }

  /**
   * Returns the relative path of a folder beside the configuration folder. Its name is the name of
   * the configuration folder and {@code suffix}.
   */
  String beside(String suffix) {
    return "../" + conf.getFileName() + suffix;
  }
}
