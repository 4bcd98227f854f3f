package costlake.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * One page of a list.
 *
 * @param first address of the first page
 * @param address address of this page
 * @param here number of items on this page
 * @param items number of items on all pages up to this one
 */
record Page(URI first, URI address, JsonNode body, long here, long items) {}
