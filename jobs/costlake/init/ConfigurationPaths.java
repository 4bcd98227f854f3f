package costlake.init;

import java.nio.file.Path;

/** Paths in the form of the configuration: relative if beside its folder, otherwise absolute. */
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
