import { onContentUpdated, type Theme, useData, withBase } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts"; // system fonts: nothing to load
import { defineComponent, h } from "vue";
import { letKeyboardScroll } from "./tables.js";
import { keepTabs, showChosenTabs } from "./tabs.js";
import "./style.css";

/** A link to the Markdown of a page. */
const AsMarkdown = defineComponent(() => {
  const { page } = useData();
  const file = () => withBase(`/${page.value.relativePath.replace(/\/index\.md$/, ".md")}`);
  return () => h("p", { class: "as-markdown" }, h("a", { href: file(), target: "_self" }, "This page as Markdown"));
});

const Layout = defineComponent(() => {
  onContentUpdated(() => {
    showChosenTabs();
    letKeyboardScroll();
  });
  return () => h(DefaultTheme.Layout, null, { "doc-footer-before": () => h(AsMarkdown) });
});

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp() {
    if (typeof document !== "undefined") keepTabs(); // not during the build
  },
} satisfies Theme;
