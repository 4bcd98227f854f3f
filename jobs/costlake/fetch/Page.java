package costlake.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * One page of an answer.
 *
 * @param first address of the first page
 * @param address its own
 * @param items how many items the pages have, this one included
 */
record Page(URI first, URI address, JsonNode body, long here, long items) {}
