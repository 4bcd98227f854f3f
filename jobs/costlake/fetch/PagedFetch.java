package costlake.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fetches all pages of a list, each into its own file. Keeps no file if a page is missing. */
public final class PagedFetch {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Fetcher fetcher;
  private final Paging paging;
  private final Path folder;
  private final List<Path> files = new ArrayList<>();
  private final Set<URI> addresses = new HashSet<>();
  private final Set<String> contents = new HashSet<>();
  private long items;

  /**
   * Prepares a fetch.
   *
   * @param folder folder for the pages; nothing may read it before the fetch ends
   */
  public PagedFetch(Fetcher fetcher, Paging paging, Path folder) {
    this.fetcher = fetcher;
    this.paging = paging;
    this.folder = folder;
  }

  /**
   * Fetches the pages.
   *
   * @return their files, in order
   * @throws Failure as {@link Fetcher#fetch}; with exit code 3 if a page repeats an earlier page or
   *     is not valid, or if the last page is missing
   */
  public List<Path> from(URI first) {
    Instant by = fetcher.deadline();
    try {
      Optional<URI> next = Optional.of(first);
      while (next.isPresent()) {
        next = page(first, next.get(), by);
      }
      return List.copyOf(files);
    } catch (IOException e) {
      clear();
      throw Failure.internal(e, "Cannot write below %s: %s", folder, FileErrors.why(e));
    } catch (RuntimeException e) {
      clear();
      throw e;
    }
  }

  private void clear() {
    files.forEach(file -> file.toFile().delete());
  }

  private Optional<URI> page(URI first, URI address, Instant by) throws IOException {
    FetchRequest request = FetchRequest.get(address);
    refuseOtherServer(first, request);
    if (!addresses.add(address)) {
      throw broken(request, "its next page is one that was fetched before");
    }
    Path file = folder.resolve("page-%05d.json".formatted(addresses.size()));
    files.add(file);
    fetcher.fetch(request, file, by, answer -> {});
    if (!contents.add(digest(file))) {
      throw broken(request, "its page " + files.size() + " repeats an earlier one");
    }
    return next(first, request, json(request, file));
  }

  private Optional<URI> next(URI first, FetchRequest request, JsonNode body) {
    JsonNode list = body.at(paging.items());
    if (!list.isArray()) {
      throw broken(request, "its page " + files.size() + " has no list " + paging.items());
    }
    items += list.size();
    Optional<URI> next =
        following(request, new Page(first, request.address(), body, list.size(), items));
    paging.total().filter(any -> next.isEmpty()).ifPresent(place -> refuseEarlyEnd(request, body));
    return next;
  }

  private Optional<URI> following(FetchRequest request, Page page) {
    try {
      return paging.following().of(page);
    } catch (IllegalArgumentException e) {
      throw broken(request, "its next page has an address that is not valid");
    }
  }

  private void refuseEarlyEnd(FetchRequest request, JsonNode body) {
    JsonNode total = body.at(paging.total().orElseThrow());
    if (!total.isIntegralNumber() || total.asLong() != items) {
      throw broken(
          request, "its pages end after " + items + " items, but the API states " + total.asText());
    }
  }

  private static void refuseOtherServer(URI first, FetchRequest request) {
    if (!request.isSameServer(first)) {
      throw broken(
          FetchRequest.get(first), "its next page is on another server, " + request.shown());
    }
  }

  private static JsonNode json(FetchRequest request, Path file) throws IOException {
    try {
      return JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw broken(request, "it is not complete JSON (" + e.getOriginalMessage() + ")");
    }
  }

  private static String digest(Path file) throws IOException {
    return HexFormat.of().formatHex(Sha256.digest().digest(Files.readAllBytes(file)));
  }

  private static Failure broken(FetchRequest request, String why) {
    return Failure.data(
        "Cannot use the response of %s: %s. No page of it is kept. Run again, or correct the"
            + " source.",
        request.shown(), why);
  }
}
