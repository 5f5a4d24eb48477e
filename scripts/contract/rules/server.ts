// One server, one key in a header.
import { type Context, operationsOf, pathsOf, type Refuse, type Root, type Rule, refuseWith } from "./rule.js";

export const server: Rule = () => ({
  Root(root, context) {
    const refuse = refuseWith(context);
    checkServers(root, context, refuse);
    checkSchemes(root, context, refuse);
    checkSecurity(root, context, refuse);
  },
});

/** The first server's URL, each variable replaced by its default. */
export const serverUrl = ({ servers }: Pick<Root, "servers">): string =>
  (servers?.[0]?.url ?? "").replace(
    /\{([^}]*)\}/g,
    (whole, name: string) => servers?.[0]?.variables?.[name]?.default ?? whole,
  );

function checkServers(root: Root, context: Context, refuse: Refuse): void {
  const url = serverUrl(root);
  if (/^http:\/\/(?!(localhost|127\.\d+\.\d+\.\d+|\[::1\])([:/]|$))/.test(url)) {
    const at = context.location.child(["servers", 0, "url"]);
    refuse(at, "The client sends its key over https: alone, but for this machine: give an https: URL.");
  } else if (!/^https?:\/\/[^{}?#@]+$/.test(url) || !URL.canParse(url)) {
    refuse(
      context.location.child("servers"),
      "Give the API's absolute URL, without query, fragment or user, as the first server, with a default for each variable: it is the default `baseUrl`.",
    );
  }
  for (const path of pathsOf(root, context)) {
    if (path.item.servers) {
      refuse(path.at.child("servers"), "Servers of one path are not supported: use the API's own.");
    }
    for (const { operation, at } of operationsOf(path)) {
      if (!operation.servers) continue;
      refuse(at.child("servers"), "Servers of one operation are not supported: use the API's own.");
    }
  }
}

function checkSchemes({ components }: Root, { location, resolve }: Context, refuse: Refuse): void {
  for (const [index, [name, reference]] of Object.entries(components?.securitySchemes ?? {}).entries()) {
    const scheme = resolve(reference).node;
    const at = location.child(["components", "securitySchemes", name]);
    if (index > 0) refuse(at, "Only one security scheme is supported: keep the key in a header.");
    else if (scheme?.type !== "apiKey" || scheme.in !== "header") {
      refuse(at, "Only a key in a header is supported: `type: apiKey` with `in: header`.");
    } else if (!/^[\w!#$%&'*+.^`|~-]+$/.test(scheme.name ?? "")) {
      refuse(at, "Give the name of an HTTP header as `name`.");
    }
  }
}

function checkSecurity(root: Root, context: Context, refuse: Refuse): void {
  const operations = pathsOf(root, context).flatMap(operationsOf);
  const owners = operations.map(({ operation, at }) => ({ security: operation.security, at }));
  for (const { security = [], at } of [{ security: root.security, at: context.location }, ...owners]) {
    for (const [index, scheme] of security.entries()) {
      for (const name of Object.keys(scheme)) {
        if (name in (root.components?.securitySchemes ?? {})) continue;
        refuse(at.child(["security", index, name]), `Define "${name}" in components/securitySchemes.`);
      }
    }
  }
}
