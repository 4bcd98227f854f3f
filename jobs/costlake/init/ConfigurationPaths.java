package costlake.init;

import java.nio.file.Path;

/**
 * Paths as they are written into the configuration: relative if they are below the parent of its
 * folder, otherwise absolute.
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

  /** A folder beside the folder of the configuration. */
  String beside(String suffix) {
    return "../" + conf.getFileName() + suffix;
  }
}
