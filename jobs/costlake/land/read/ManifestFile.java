package costlake.land.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A manifest as an exporter wrote it: a JSON file. */
public final class ManifestFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Storage storage;
  private final String key;
  private final String nextStep;

  /**
   * Creates a reference to a manifest. {@link #read} reads its content.
   *
   * @param key path of the manifest in the storage
   * @param nextStep what the operator can do if the manifest cannot be read, besides removing it
   */
  public ManifestFile(Storage storage, String key, String nextStep) {
    this.storage = storage;
    this.key = key;
    this.nextStep = nextStep;
  }

  /** Returns the path of the manifest in the storage. */
  public String key() {
    return key;
  }

  /** Returns the full address of the manifest. */
  public String address() {
    return storage.address(key);
  }

  /**
   * Reads the content.
   *
   * @throws Failure with exit code 2 if the file cannot be opened; with exit code 3 if it is not
   *     JSON
   */
  public JsonNode read() {
    try (InputStream in = storage.open(key)) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw FileErrors.isCause(e) ? FileErrors.of(address(), e) : broken(FileErrors.why(e), e);
    }
  }

  /** Returns the failure for a manifest with wrong content. */
  public Failure broken(String why) {
    return broken(why, null);
  }

  private Failure broken(String why, @Nullable IOException cause) {
    return Failure.data(
        cause,
        "Cannot read the manifest %s: %s. %s, or remove the manifest.",
        address(),
        why,
        nextStep);
  }
}
