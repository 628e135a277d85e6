export default {
  zhenggai: {
    input: "http://127.0.0.1:8000/openapi.json",
    output: { target: "zhenggai.ts", client: "fetch", baseUrl: "http://127.0.0.1:8000" },
  },
};
