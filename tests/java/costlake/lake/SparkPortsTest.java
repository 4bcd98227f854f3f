package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.shuffle.protocol.OpenBlocks;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.BlockManagerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkPortsTest {
  private static final int WAIT_MS = 5_000;

  private final SparkSession spark = SparkHarness.spark();
  private final BlockManagerId server = SparkEnv.get().blockManager().blockManagerId();

  @Test
  void otherMachinesFindNoPort() throws IOException {
    List<InetAddress> outward =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    assumeTrue(!outward.isEmpty(), "this machine has the loopback address alone");
    for (int port : List.of(server.port(), SparkEnv.get().rpcEnv().address().port())) {
      assertThat(connects(InetAddress.getLoopbackAddress(), port)).isTrue();
      assertThat(outward).noneMatch(address -> connects(address, port));
    }
  }

  private static boolean connects(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), WAIT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aStrangerOnTheSameMachineGetsNoCachedRow() {
    Dataset<Long> rows = spark.range(3).cache();
    try {
      rows.count();
      assertThat(ask(cachedBlock()))
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("Expected SaslMessage");
    } finally {
      rows.unpersist();
    }
  }

  private String cachedBlock() {
    return "rdd_"
        + spark.sparkContext().persistentRdds().keys().max(scala.math.Ordering.Int$.MODULE$)
        + "_0";
  }

  /** Requests a block without the secret. Returns the error, or null if the request succeeds. */
  private Throwable ask(String block) {
    TransportConf conf = new TransportConf("shuffle", new MapConfigProvider(Map.of()));
    ByteBuffer question =
        new OpenBlocks(spark.sparkContext().applicationId(), "driver", new String[] {block})
            .toByteBuffer();
    try (TransportContext context = new TransportContext(conf, new NoOpRpcHandler());
        TransportClientFactory clients = context.createClientFactory();
        TransportClient client = clients.createClient(server.host(), server.port())) {
      client.sendRpcSync(question, WAIT_MS);
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  @Test
  void aClusterNeedsASecret() {
    assertThatThrownBy(() -> SparkPorts.settings("spark://host:7077", new SparkConf(false)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("spark.authenticate.secret is missing");
    SparkConf guarded = new SparkConf(false).set("spark.authenticate.secret", "s");
    assertThat(SparkPorts.settings("spark://host:7077", guarded))
        .containsExactly(Map.entry("spark.authenticate", "true"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://host"})
  void aManagerThatMakesSecretsNeedsNone(String master) {
    assertThat(SparkPorts.settings(master, new SparkConf(false)))
        .containsExactly(Map.entry("spark.authenticate", "true"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]", "local[2]", "local[4,2]"})
  void aLocalEngineListensOnTheLoopbackAddress(String master) {
    assertThat(SparkPorts.settings(master, new SparkConf(false)))
        .containsEntry("spark.authenticate", "true")
        .containsEntry("spark.driver.host", "127.0.0.1")
        .containsEntry("spark.driver.bindAddress", "127.0.0.1");
  }
}
