const source = (name: string) => new URL(`../../src/${name}.ts`, import.meta.url).pathname;

/** For the environment of a program that jiti runs: what a user imports is the source. */
export const SOURCE_ALIAS = {
  JITI_ALIAS: JSON.stringify({
    "konpro-client/validation": source("validation"),
    "konpro-client/testing": source("testing"),
    "konpro-client": source("index"),
  }),
};
