package costlake.serve;

import costlake.config.LakeConfig;
import java.util.Set;

/**
 * The environment variables of the server that a query process gets. All others may be secrets,
 * such as the password of a mail server, and no query needs them. Variables with Java options are
 * not passed on either, because a process gets the server's options as arguments.
 */
final class WorkerEnvironment {
  private static final Set<String> SYSTEM =
      Set.of("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ", "USER");

  private static final Set<String> NETWORK =
      Set.of(
          "SPARK_LOCAL_HOSTNAME",
          "SPARK_LOCAL_IP",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy");

  private static final String AWS = "AWS_";

  private WorkerEnvironment() {}

  /** Whether a query process needs the variable to read the lake. */
  static boolean needs(String variable, LakeConfig lake) {
    return SYSTEM.contains(variable)
        || NETWORK.contains(variable)
        || (variable.startsWith(AWS) && isAtAws(lake));
  }

  /** Whether the AWS SDK opens the tables or the catalog. A REST catalog may require it. */
  private static boolean isAtAws(LakeConfig lake) {
    String tables = lake.tables();
    return lake.format() == LakeConfig.Format.ICEBERG
        && (tables == null
            || tables.startsWith("s3")
            || lake.catalog().type() != LakeConfig.CatalogType.JDBC);
  }
}
