package costlake.land;

import costlake.core.Failure;
import costlake.land.read.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * A prefix of an S3 bucket. The AWS SDK finds region and credentials. {@code AWS_ENDPOINT_URL_S3}
 * or {@code AWS_ENDPOINT_URL} sets another endpoint; buckets are then addressed by path.
 */
final class S3Storage implements Storage {
  private final String bucket;
  private final String prefix;
  private final S3Client client;

  S3Storage(String location) {
    URI address = URI.create(location);
    String path = address.getPath() == null ? "" : address.getPath().replaceFirst("^/", "");
    this.bucket = address.getHost() == null ? address.getAuthority() : address.getHost();
    this.prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    this.client =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .forcePathStyle(ownEndpoint())
            .build();
  }

  static boolean isS3(String location) {
    return location.startsWith("s3://") || location.startsWith("s3a://");
  }

  private static boolean ownEndpoint() {
    return System.getenv("AWS_ENDPOINT_URL_S3") != null
        || System.getenv("AWS_ENDPOINT_URL") != null
        || System.getProperty("aws.endpointUrlS3") != null
        || System.getProperty("aws.endpointUrl") != null;
  }

  @Override
  public List<Found> list() {
    try {
      return client
          .listObjectsV2Paginator(
              ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build())
          .contents()
          .stream()
          .filter(object -> !object.key().endsWith("/"))
          .map(
              object ->
                  new Found(
                      object.key().substring(prefix.length()),
                      object.size(),
                      object.eTag(),
                      object.lastModified()))
          .sorted(Comparator.comparing(Found::key))
          .toList();
    } catch (SdkException e) {
      throw Failure.operator(
          e,
          "Cannot list %s: %s. Check the location in sources.yml, the region and the credentials.",
          address(""),
          e.getMessage());
    }
  }

  @Override
  public InputStream open(String key) throws IOException {
    try {
      return client.getObject(request -> request.bucket(bucket).key(prefix + key));
    } catch (SdkException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public String address(String key) {
    return "s3://" + bucket + "/" + prefix + key;
  }

  @Override
  public void close() {
    client.close();
  }
}
