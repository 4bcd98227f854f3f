package costlake.lake;

import costlake.core.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * Protects the ports that Spark opens in every process. Through these ports, Spark sends cached
 * rows to any client and deserialises objects of any client. A shared secret therefore protects the
 * ports, and in local mode they listen on the loopback address only.
 */
final class SparkPorts {
  private static final String AUTHENTICATE = "spark.authenticate";
  private static final String SECRET = "spark.authenticate.secret";
  private static final String LOOPBACK = "127.0.0.1";

  private SparkPorts() {}

  /**
   * Returns the settings of Spark's ports. They replace the settings of the configuration. In local
   * mode Spark creates a random secret for each process.
   *
   * @param engine all other settings
   * @throws Failure with exit code 2 if Spark runs on several machines without a secret
   */
  static Map<String, String> settings(String master, SparkConf engine) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(AUTHENTICATE, "true");
    if (isLocal(master)) {
      settings.put("spark.driver.host", LOOPBACK);
      settings.put("spark.driver.bindAddress", LOOPBACK);
    } else if (!managesSecrets(master) && engine.get(SECRET, "").isBlank()) {
      throw Failure.operator(
          """
          Cannot use the Spark cluster %s: %s is missing, so anyone who reaches its ports could read
          rows and run code. Set it below spark.properties, as ${NAME} from the environment, and
          give the master and the workers the same (docs/operations.md, A Spark cluster).
          """,
          master, SECRET);
    }
    return settings;
  }

  private static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /** Whether the cluster manager creates a secret for each application. */
  private static boolean managesSecrets(String master) {
    return master.startsWith("yarn") || master.startsWith("k8s");
  }
}
