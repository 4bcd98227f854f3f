/** A first configuration for an own bill: what the bill shows, proposed teams, files to edit. */
package costlake.init;
