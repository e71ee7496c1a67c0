// agora-rtc-react carries the Agora SDK, which a session uses, and React hooks, which it does not. They want these names to be there.
const unused = () => ({});

export {
  unused as createContext, unused as useCallback, unused as useContext, unused as useEffect, unused as useLayoutEffect, unused as useMemo,
  unused as useRef, unused as useState, unused as Fragment, unused as jsx, unused as jsxs,
};
