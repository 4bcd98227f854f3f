package costlake.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A real S3 server in its own process. It sets the system properties with which the code under test
 * connects to the server.
 */
public final class S3Server implements AutoCloseable {
  private static final Path JAR = Path.of("target", "s3", "s3-server.jar");

  private static final String[] SETTINGS = {
    "aws.endpointUrlS3", "aws.accessKeyId", "aws.secretAccessKey", "aws.region"
  };

  private final Process process;
  private final S3Client client;

  /** Starts the server. Its output goes to a log. */
  public S3Server(Path log) throws IOException {
    int port = Servers.freePort();
    URI address = URI.create("http://localhost:" + port);
    process =
        new ProcessBuilder(
                JavaProcess.java(),
                "-Xmx256m",
                "-Dcom.adobe.testing.s3mock.httpPort=" + port,
                "-Dserver.port=0",
                "-jar",
                JAR.toString(),
                "--com.adobe.testing.s3mock.http-port=" + port,
                "--server.port=0")
            .redirectErrorStream(true)
            .redirectOutput(new File(log.toString()))
            .start();
    client =
        S3Client.builder()
            .endpointOverride(address)
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    Servers.await(List.of(process), log, () -> client.listBuckets() != null);
    System.setProperty("aws.endpointUrlS3", address.toString());
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    System.setProperty("aws.region", "us-east-1");
  }

  /** Creates an empty bucket. */
  public void bucket(String name) {
    client.createBucket(request -> request.bucket(name));
  }

  /** Puts a file under a key. */
  public void put(String bucket, String key, Path file) {
    client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file));
  }

  /** Puts each file below a folder under its path relative to the folder. */
  public void putAll(String bucket, Path folder) {
    try (var walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile)
          .forEach(file -> put(bucket, folder.relativize(file).toString(), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the keys that begin with a prefix. */
  public List<String> keys(String bucket, String prefix) {
    return client
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** Deletes the object with this key. */
  public void delete(String bucket, String key) {
    client.deleteObject(request -> request.bucket(bucket).key(key));
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    for (String setting : SETTINGS) {
      System.clearProperty(setting);
    }
  }
}
